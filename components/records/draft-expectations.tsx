"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { useToast } from "@/components/ui/toast";
import type { DraftBasis, DraftedExpectations } from "@/lib/contracts/record-drafts";
import type { Expectations } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { draftBasisOptions, draftExpectations } from "@/lib/queries/records";

interface DraftExpectationsProps {
  recordId: string;
  /** Puts the draft into the form, where it can be changed and taken back. */
  onUse: (expectations: Expectations) => void;
}

/** From what experts said of earlier answers: always a draft, never saved by itself. */
export function DraftExpectations({ recordId, onUse }: DraftExpectationsProps) {
  const { data: basis } = useQuery(draftBasisOptions(recordId));
  const { toast } = useToast();
  const [drafted, setDrafted] = useState<DraftedExpectations | null>(null);
  const [isPending, setPending] = useState(false);
  if (!basis || basis.labels + basis.betterAnswers + basis.notes === 0) return null;
  const ask = async () => {
    setPending(true);
    try {
      setDrafted(await draftExpectations(recordId));
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(false);
    }
  };
  if (!drafted) {
    return (
      <div className="space-y-1">
        <Button size="sm" pending={isPending} pendingLabel="Drafting" onClick={() => void ask()}>
          Draft it from what experts said
        </Button>
        <p className="text-xs text-ink-muted">{sendingWords(basis)}</p>
      </div>
    );
  }
  return (
    <Callout
      title="A draft, not saved"
      actions={
        <>
          <Button
            size="sm"
            variant="primary"
            onClick={() => {
              onUse(drafted.expectations);
              setDrafted(null);
            }}
          >
            Put it into the form
          </Button>
          <Button size="sm" onClick={() => setDrafted(null)}>
            Drop it
          </Button>
        </>
      }
    >
      {drafted.simulated && <SimulatedTag />}
      <p dir="auto">{drafted.expectations.expected_response || "It found no sentence."}</p>
      <Items title="Must mention" items={drafted.expectations.facts} />
      <Items title="Must never" items={drafted.expectations.mustNever} />
      <p className="mt-2 text-ink-muted">
        Read it against what you know; it rests on {basisWords(drafted.basis)}.
      </p>
    </Callout>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <p className="mt-1" dir="auto">
      <span className="text-ink-muted">{title}:</span> {items.join(" · ")}
    </p>
  );
}

function basisWords({ labels, betterAnswers, notes }: DraftBasis): string {
  const parts = [
    labels > 0 ? `${labels} ${labels === 1 ? "label" : "labels"} with a reason` : null,
    betterAnswers > 0 ? `${betterAnswers} better ${betterAnswers === 1 ? "answer" : "answers"}` : null,
    notes > 0 ? `${notes} ${notes === 1 ? "comment" : "comments"}` : null,
  ].filter((part) => part !== null);
  return parts.join(", ");
}

function sendingWords(basis: DraftBasis): string {
  const what = `The question and ${basisWords(basis)}`;
  return basis.host === null
    ? `${what} are read by a simulated model. Nothing leaves this computer.`
    : `${what} go to ${basis.host}.`;
}
