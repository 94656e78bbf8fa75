"use client";

import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CreateJudgeInput } from "@/lib/contracts/judges";
import { lineChoices } from "@/lib/view-models/judge-draft";
import { type GradeValue, gradesOfScale } from "@/lib/view-models/judge-scale";

interface GradeFieldsProps {
  scale: CreateJudgeInput["scale"];
  /** One text a grade, worst first. */
  meanings: readonly string[];
  goodEnough: GradeValue | null;
  onMeanings: (meanings: string[]) => void;
  onGoodEnough: (goodEnough: GradeValue | null) => void;
  error: string | null;
}

const NO_LINE = "none";

/** What each grade means, and from which one an answer is good enough. */
export function GradeFields({
  scale,
  meanings,
  goodEnough,
  onMeanings,
  onGoodEnough,
  error,
}: GradeFieldsProps) {
  const grades = gradesOfScale(scale);
  const choices = lineChoices(scale);
  const chosen = choices.findIndex(({ value }) => value === goodEnough);
  const options = [
    ...(scale.kind === "categories" && !scale.ordered ? [] : [{ value: NO_LINE, label: "No grade yet" }]),
    ...choices.map(({ label }, index) => ({ value: String(index), label })),
  ];
  const setMeaning = (index: number, text: string) =>
    onMeanings(grades.map((_, place) => (place === index ? text : (meanings[place] ?? ""))));
  return (
    <Fieldset
      legend="What each grade means"
      hint="Experts see these words when they grade, and the judge is told them."
      error={error}
    >
      {grades.length > 20 ? (
        <p className="text-ink-muted">There are more than 20 grades; they are used without meanings.</p>
      ) : (
        grades.map(({ label }, index) => (
          <Field key={label} label={label}>
            <Input
              value={meanings[index] ?? ""}
              maxLength={2_000}
              dir="auto"
              onChange={(event) => setMeaning(index, event.target.value)}
            />
          </Field>
        ))
      )}
      <Field label="Good enough from" hint="From this grade on an answer may go out as it is.">
        <Select
          options={options}
          value={chosen === -1 ? NO_LINE : String(chosen)}
          onValueChange={(value) =>
            onGoodEnough(value === NO_LINE ? null : (choices[Number(value)]?.value ?? null))
          }
        />
      </Field>
    </Fieldset>
  );
}
