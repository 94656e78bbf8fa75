"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { CreateJudgeInput } from "@/lib/contracts/judges";
import { categoriesOf } from "@/lib/view-models/judge-draft";

type Scale = CreateJudgeInput["scale"];

interface ScaleFieldsProps {
  scale: Scale;
  onScale: (scale: Scale) => void;
  error: string | null;
}

const KINDS = [
  { value: "numeric", label: "Numbers" },
  { value: "boolean", label: "Two grades" },
  { value: "categories", label: "Words" },
] as const;

const START: Record<Scale["kind"], Scale> = {
  numeric: { kind: "numeric", min: 1, max: 5, step: 1 },
  boolean: { kind: "boolean", trueLabel: "pass", falseLabel: "fail" },
  categories: { kind: "categories", ordered: true, values: ["poor", "fair", "good"] },
};

/** The grades of a judge of one's own. They cannot be changed later: other grades are another judge. */
export function ScaleFields({ scale, onScale, error }: ScaleFieldsProps) {
  return (
    <Fieldset
      legend="Grades"
      hint="They stay for the life of this judge: other grades are another judge."
      error={error}
    >
      <Field label="Kind">
        <Select options={KINDS} value={scale.kind} onValueChange={(kind) => onScale(START[kind])} />
      </Field>
      {scale.kind === "numeric" && (
        <div className="grid grid-cols-3 gap-3">
          {(["min", "max", "step"] as const).map((part) => (
            <Field key={part} label={{ min: "Worst", max: "Best", step: "Step" }[part]}>
              <Input
                type="number"
                step="any"
                value={Number.isNaN(scale[part]) ? "" : scale[part]}
                onChange={(event) => onScale({ ...scale, [part]: event.target.valueAsNumber })}
              />
            </Field>
          ))}
        </div>
      )}
      {scale.kind === "boolean" && (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Worse">
            <Input
              value={scale.falseLabel}
              onChange={(event) => onScale({ ...scale, falseLabel: event.target.value })}
            />
          </Field>
          <Field label="Better">
            <Input
              value={scale.trueLabel}
              onChange={(event) => onScale({ ...scale, trueLabel: event.target.value })}
            />
          </Field>
        </div>
      )}
      {scale.kind === "categories" && <CategoryFields scale={scale} onScale={onScale} />}
    </Fieldset>
  );
}

interface CategoryFieldsProps {
  scale: Extract<Scale, { kind: "categories" }>;
  onScale: (scale: Scale) => void;
}

function CategoryFields({ scale, onScale }: CategoryFieldsProps) {
  const [text, setText] = useState(scale.values.join("\n"));
  const change = (typed: string) => {
    setText(typed);
    onScale({ ...scale, values: categoriesOf(typed) });
  };
  return (
    <>
      <Field label="Words" hint="One a line, the worst first.">
        <Textarea value={text} rows={4} onChange={(event) => change(event.target.value)} />
      </Field>
      <Checkbox
        label="They run from worse to better"
        checked={scale.ordered}
        onCheckedChange={(isOrdered) => onScale({ ...scale, ordered: isOrdered === true })}
      />
    </>
  );
}
