"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { RoundOffer } from "@/lib/contracts/evaluations";
import { startRound } from "@/lib/queries/answers";
import { wordsOf } from "@/lib/queries/api-fetch";
import { newId } from "@/lib/util/new-id";
import { countWords, sendingWords } from "@/lib/view-models/answer-words";

export interface GetAnswersFormProps {
  projectId: string;
  offer: RoundOffer;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onStarted: (roundId: string) => void;
}

const SIZES = [
  { value: "0", label: "none" },
  { value: "6", label: "6, about 3 minutes" },
  { value: "12", label: "12, about 6 minutes" },
  { value: "24", label: "24, about 12 minutes" },
] as const;

export function GetAnswersForm({ projectId, offer, open, onOpenChange, onStarted }: GetAnswersFormProps) {
  const { prompts, records } = offer;
  const [versionId, setVersionId] = useState(prompts[0]?.versionId ?? "");
  const [size, setSize] = useState<(typeof SIZES)[number]["value"]>("12");
  const [key] = useState(() => newId("evl"));
  const [problem, setProblem] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const start = async (): Promise<void> => {
    setStarting(true);
    setProblem(null);
    try {
      const round = await startRound(
        projectId,
        { promptVersionId: versionId, queueSize: Number(size) },
        `${key}-${versionId}-${size}`,
      );
      onStarted(round.id);
    } catch (error) {
      setStarting(false);
      setProblem(wordsOf(error));
    }
  };
  const blocked = blockedReason(offer);
  return (
    <Dialog
      title="Get answers"
      description="The assistant answers every practice record once. Sealed records are not touched."
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            pending={isStarting}
            pendingLabel="Starting"
            {...(blocked ? { blockedReason: blocked } : {})}
            onClick={() => void start()}
          >
            {records === 0 ? "Get answers" : `Get ${countWords(records, "answer")}`}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label="Prompt">
          <Select
            options={prompts.map(({ versionId: value, label }) => ({ value, label }))}
            value={versionId}
            onValueChange={setVersionId}
          />
        </Field>
        <Field label="Answers to label afterwards" hint="Those from which the judge learns most.">
          <Select options={SIZES} value={size} onValueChange={setSize} />
        </Field>
        <p className="text-ink-muted">{sendingWords(offer)}</p>
        {problem && (
          <Callout tone="worse" title="The round was not started">
            {problem}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

function blockedReason({ prompts, records }: RoundOffer): string | null {
  if (prompts.length === 0) return "This project has no prompt yet. Write one under Prompts first.";
  return records === 0 ? "No record can be answered yet. Write records first." : null;
}
