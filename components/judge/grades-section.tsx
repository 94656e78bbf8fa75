"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import { anchorsOf, meaningsOf } from "@/lib/view-models/judge-draft";
import { goodEnoughWords, gradesOfScale } from "@/lib/view-models/judge-scale";
import { GradeFields } from "./grade-fields";
import { ProblemLine } from "./problem-line";
import { Section } from "./section";

interface EditProps {
  isPending: boolean;
  problem: string | null;
  save: (input: EditJudgeInput) => Promise<boolean>;
}

interface GradesSectionProps {
  scale: JudgeView["scale"];
  version: JudgeVersionView;
  /** Null for people who may not change the judge. */
  edit: EditProps | null;
}

/** The grades, what each means, and from which one an answer is good enough. */
export function GradesSection({ scale, version, edit }: GradesSectionProps) {
  const [isOpen, setOpen] = useState(false);
  const grades = gradesOfScale(scale);
  const meanings = meaningsOf(scale, version.anchors);
  return (
    <Section
      id="grades"
      title="Grades"
      about={goodEnoughWords(scale, version.goodEnough)}
      actions={
        edit && (
          <Button size="sm" onClick={() => setOpen(true)}>
            Edit the grades
          </Button>
        )
      }
    >
      {grades.length <= 20 && (
        <dl className="divide-y divide-line rounded-lg border border-line bg-raised">
          {grades.map(({ value, label }, index) => (
            <div key={label} className="flex gap-4 px-4 py-2">
              <dt className="min-w-12 font-medium tabular-nums">{label}</dt>
              <dd dir="auto" className="min-w-0 flex-1 text-ink-muted">
                {meanings[index] === "" ? "No meaning is written." : meanings[index]}
                {value === version.goodEnough && (
                  <span className="ms-2 text-xs text-accent">┆ good enough from here</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {edit && isOpen && (
        <GradesDialog scale={scale} version={version} edit={edit} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}

interface GradesDialogProps extends GradesSectionProps {
  edit: EditProps;
  onClose: () => void;
}

function GradesDialog({ scale, version, edit, onClose }: GradesDialogProps) {
  const [meanings, setMeanings] = useState(meaningsOf(scale, version.anchors));
  const [goodEnough, setGoodEnough] = useState(version.goodEnough);
  const save = async () => {
    if (await edit.save({ anchors: anchorsOf(scale, meanings), goodEnough })) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Edit the grades"
      description="Meanings and the line may change; the grades themselves stay for the life of the judge."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={edit.isPending} onClick={() => void save()}>
            Save as a draft
          </Button>
        </>
      }
    >
      <GradeFields
        scale={scale}
        meanings={meanings}
        goodEnough={goodEnough}
        onMeanings={setMeanings}
        onGoodEnough={setGoodEnough}
        error={null}
      />
      <ProblemLine problem={edit.problem} />
    </Dialog>
  );
}
