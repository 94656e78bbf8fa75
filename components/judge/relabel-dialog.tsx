"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioGrades } from "@/components/ui/radio-grades";
import { TextBlock } from "@/components/ui/text-block";
import { Textarea } from "@/components/ui/textarea";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import { labelAgain } from "@/lib/queries/judges";
import type { DifferenceRow } from "@/lib/view-models/judge-cases";
import { meaningsOf } from "@/lib/view-models/judge-draft";
import { gradesOfScale } from "@/lib/view-models/judge-scale";
import { ProblemLine } from "./problem-line";
import { useAct } from "./use-act";

interface RelabelDialogProps {
  row: DifferenceRow;
  judge: Pick<JudgeView, "id" | "scale">;
  version: Pick<JudgeVersionView, "anchors" | "goodEnough">;
  /** Called once the label is stored. */
  onSaved: () => Promise<void>;
  onClose: () => void;
}

/** Grading an answer again. One's own label is replaced; another expert's stays, and this one stands beside it. */
export function RelabelDialog({ row, judge, version, onSaved, onClose }: RelabelDialogProps) {
  const grades = gradesOfScale(judge.scale);
  const meanings = meaningsOf(judge.scale, version.anchors);
  const [place, setPlace] = useState<number | null>(null);
  const [reason, setReason] = useState(row.isMine ? row.reason : "");
  const { isPending, problem, run } = useAct();
  const line = grades.findIndex(({ value }) => value === version.goodEnough);
  const save = () =>
    void run(async () => {
      const value = place === null ? undefined : grades[place]?.value;
      if (value === undefined) return;
      await labelAgain({ traceId: row.traceId, judgeId: judge.id, value, reason });
      await onSaved();
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Grade this answer again"
      description={
        row.isMine
          ? "It takes the place of your label; the earlier one stays in the history."
          : `${row.who}'s label stays. Yours stands beside it, and the two are listed as a difference to settle.`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={isPending}
            blockedReason={place === null ? "Choose a grade first." : undefined}
            onClick={save}
          >
            Save my label
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div>
          <p className="font-medium" dir="auto">
            {row.question}
          </p>
          <TextBlock text={row.answer} maxLines={10} className="mt-2" />
        </div>
        <RadioGrades
          legend="How good is this answer?"
          grades={grades.map(({ label }, index) => ({
            value: index,
            label,
            meaning: meanings[index] || "No meaning is written.",
          }))}
          value={place}
          onChange={setPlace}
          goodEnoughFrom={line === -1 ? undefined : line}
        />
        <Field label="Why" optional>
          <Textarea value={reason} rows={3} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <ProblemLine problem={problem} />
      </div>
    </Dialog>
  );
}
