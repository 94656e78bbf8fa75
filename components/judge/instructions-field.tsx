"use client";

import { Field } from "@/components/ui/field";
import { VARIABLE_WORDS } from "@/lib/view-models/judge-instructions";
import { HighlightedTextarea } from "./highlighted-textarea";

interface InstructionsFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}

/** The judge's instructions, with the variables that it may use. */
export function InstructionsField({ value, onChange, error }: InstructionsFieldProps) {
  return (
    <Field
      label="Instructions"
      error={error}
      hint={
        <>
          What the judge looks at.{" "}
          {Object.entries(VARIABLE_WORDS).map(([name, words], index) => (
            <span key={name}>
              {index > 0 && ", "}
              <code className="font-mono text-xs">{`{{ ${name} }}`}</code> stands for {words}
            </span>
          ))}
          .
        </>
      }
    >
      <HighlightedTextarea value={value} rows={12} maxLength={50_000} onValueChange={onChange} />
    </Field>
  );
}
