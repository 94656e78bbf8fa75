"use client";

import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Mark } from "@/components/ui/mark";
import { Select } from "@/components/ui/select";
import { TextBlock } from "@/components/ui/text-block";
import { Textarea } from "@/components/ui/textarea";
import type { BatchEnd, LabelSheet } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { amendLabel } from "@/lib/queries/labels";

type Difference = BatchEnd["differ"][number];

interface DifferListProps {
  differ: readonly Difference[];
  sheet: LabelSheet;
  doneHref: string;
}

/** Where the judge and the person differ, with what the judge said; here the reason is asked (ux.md, rule 12). */
export function DifferList({ differ, sheet, doneHref }: DifferListProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="differ-title" className="space-y-4">
      <h2 id="differ-title" ref={heading} tabIndex={-1} className="w-fit rounded-sm text-lg font-semibold">
        Where you and the judge differ
      </h2>
      {differ.map((one) => (
        <DifferenceCard key={one.traceId} one={one} sheet={sheet} />
      ))}
      <LinkButton href={doneHref} size="lg" variant="primary">
        Done
      </LinkButton>
    </section>
  );
}

function DifferenceCard({ one, sheet }: { one: Difference; sheet: LabelSheet }) {
  const { labelId, grade, reason, setGrade, setReason, state, problem, save } = useAmendment(one, sheet);
  return (
    <Card heading="h3" title={<span dir="auto">{one.question}</span>}>
      <div className="space-y-3">
        <p className="font-medium tabular-nums">
          you {grade}, judge {one.judge}
        </p>
        <div>
          <p className="text-sm text-ink-muted">The judge says</p>
          <TextBlock text={one.judgeRationale} maxLines={8} emptyText="It gave no words." />
        </div>
        <Disclosure summary="The answer">
          <TextBlock text={one.answer} />
        </Disclosure>
        <Field label="Why is your grade right?" error={problem} id={`why-${one.traceId}`}>
          <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Or change your grade" id={`grade-${one.traceId}`} className="w-40">
            <Select
              options={sheet.grades.map(({ text }) => ({ value: text, label: text }))}
              value={grade}
              onValueChange={setGrade}
            />
          </Field>
          <Button pending={state === "saving"} pendingLabel="Saving" onClick={() => void save(labelId)}>
            Save
          </Button>
          {state === "saved" && (
            <p className="min-h-9 content-center">
              <Mark kind="done" isDecoration /> Saved.
            </p>
          )}
        </div>
      </div>
    </Card>
  );
}

function useAmendment(one: Difference, { grades }: LabelSheet) {
  const [labelId, setLabelId] = useState(one.labelId);
  const [grade, setGrade] = useState(one.mine);
  const [reason, setReason] = useState(one.myReason);
  const [state, setState] = useState<"open" | "saving" | "saved">("open");
  const [problem, setProblem] = useState<string | null>(null);
  const announce = useAnnounce();
  const save = async (id: string): Promise<void> => {
    const value = grades.find(({ text }) => text === grade)?.value;
    setState("saving");
    setProblem(null);
    try {
      const label = await amendLabel(id, { reason, ...(value === undefined ? {} : { value }) });
      setLabelId(label.id);
      setState("saved");
      announce("Saved.");
    } catch (error) {
      setState("open");
      setProblem(wordsOf(error));
    }
  };
  return { labelId, grade, reason, setGrade, setReason, state, problem, save };
}
