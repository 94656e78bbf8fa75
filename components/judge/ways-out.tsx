"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { TeachingPage } from "@/lib/contracts/judge-page";
import type { DifferenceOutcome } from "@/lib/contracts/judges";
import { actAndShow } from "@/lib/queries/act-and-show";
import { alignmentOptions, settleDifference } from "@/lib/queries/judges";
import type { DifferenceRow } from "@/lib/view-models/judge-cases";
import { ProblemLine } from "./problem-line";
import { RelabelDialog } from "./relabel-dialog";
import { useAct } from "./use-act";

const SETTLED_WORDS: Readonly<Record<DifferenceOutcome, string>> = {
  "judge-wrong": "The judge is wrong",
  "label-wrong": "The label is wrong",
  discuss: "To be discussed",
};

interface WaysOutProps {
  row: DifferenceRow;
  page: Pick<TeachingPage, "alignment" | "judge" | "draft">;
}

/** What may be the matter where an expert and the judge differ: the judge, the label, or something to talk about. */
export function WaysOut({ row, page }: WaysOutProps) {
  const { alignment, judge, draft } = page;
  const client = useQueryClient();
  const [isGrading, setGrading] = useState(false);
  const { isPending, problem, run } = useAct();
  const settle = async (outcome: DifferenceOutcome) => {
    await actAndShow(client, alignmentOptions(alignment.id).queryKey, () =>
      settleDifference(alignment.id, row.labelId, outcome),
    );
  };
  const say = (outcome: DifferenceOutcome) => void run(() => settle(outcome));
  return (
    <div className="flex flex-wrap items-center gap-2" data-print="hide">
      {row.settled && (
        <Badge tone="accent">
          {SETTLED_WORDS[row.settled.outcome]}, says {row.settled.by}
        </Badge>
      )}
      <Button size="sm" pending={isPending} onClick={() => say("judge-wrong")}>
        Judge is wrong
      </Button>
      <Button size="sm" onClick={() => setGrading(true)}>
        Label is wrong
      </Button>
      <Button size="sm" pending={isPending} onClick={() => say("discuss")}>
        Discuss
      </Button>
      <ProblemLine problem={problem} />
      {isGrading && draft && (
        <RelabelDialog
          row={row}
          judge={judge}
          version={draft.version}
          onSaved={() => settle("label-wrong")}
          onClose={() => setGrading(false)}
        />
      )}
    </div>
  );
}
