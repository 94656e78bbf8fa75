"use client";

import { Flag } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { RadioGrades } from "@/components/ui/radio-grades";
import type { LabelSheet } from "@/lib/contracts/labels";
import type { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import { type DraftProblem, GRADE_NEEDED, type LabelDraft } from "@/lib/view-models/label-form";
import { CannotJudge } from "./cannot-judge";
import { ReasonField } from "./reason-field";

interface LabelBarProps {
  sheet: LabelSheet;
  draft: LabelDraft;
  onEdit: (changes: Partial<LabelDraft>) => void;
  problem: DraftProblem | null;
  onSave: () => void;
  onLater: () => void;
  isRefusing: boolean;
  onRefusing: (isRefusing: boolean) => void;
  onCannotJudge: (why: (typeof cannotJudgeReasons)[number]) => void;
  reasonRef: Ref<HTMLTextAreaElement>;
  isWriting: boolean;
  onWrite: () => void;
}

/** All in one row at 390 px. */
const SNUG = "px-2! text-sm! sm:px-4! sm:text-base!";

/** Grades, why, and on to the next: in reach of the thumb. */
export function LabelBar(props: LabelBarProps) {
  const { sheet, draft, onEdit, problem, isRefusing, onRefusing, onCannotJudge } = props;
  const { grades, goodEnoughFrom } = sheet;
  if (isRefusing) return <CannotJudge onChoose={onCannotJudge} onCancel={() => onRefusing(false)} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-3 lg:grid-cols-2">
      <RadioGrades
        legend="How good is this answer?"
        grades={grades.map(({ text, meaning }, index) => ({ value: index, label: text, meaning }))}
        value={draft.grade}
        onChange={(grade) => onEdit({ grade })}
        {...(goodEnoughFrom === null ? {} : { goodEnoughFrom })}
        error={problem === "grade" ? GRADE_NEEDED : null}
      />
      <div className="flex min-w-0 flex-col justify-between gap-3">
        <ReasonField
          draft={draft}
          onEdit={onEdit}
          chips={sheet.chips}
          isMissing={problem === "reason"}
          textareaRef={props.reasonRef}
          isWriting={props.isWriting}
          onWrite={props.onWrite}
        />
        <div className="flex flex-wrap items-center gap-1 sm:gap-2">
          <Button size="lg" className={SNUG} onClick={() => onRefusing(true)}>
            Can't judge
          </Button>
          <Button size="lg" variant="quiet" className={SNUG} onClick={props.onLater}>
            Later
          </Button>
          <FlagButton isFlagged={draft.flagged} onToggle={() => onEdit({ flagged: !draft.flagged })} />
          <Button
            size="lg"
            variant="primary"
            className={`ms-auto flex-1 sm:flex-none ${SNUG}`}
            onClick={props.onSave}
          >
            Save and next
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Something here must be looked at; asks for a reason, as the lowest grade does. */
function FlagButton({ isFlagged, onToggle }: { isFlagged: boolean; onToggle: () => void }) {
  return (
    <Button
      size="lg"
      variant="quiet"
      aria-pressed={isFlagged}
      className={cx(SNUG, "min-w-11", isFlagged && "border-worse! bg-worse-soft! text-worse!")}
      onClick={onToggle}
      icon={<Flag aria-hidden="true" className="size-4" />}
    >
      <span className="sr-only sm:not-sr-only">{isFlagged ? "Flagged" : "Flag"}</span>
    </Button>
  );
}
