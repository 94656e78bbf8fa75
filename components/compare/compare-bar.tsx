"use client";

import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { BlindChoice } from "@/lib/contracts/blind";
import { wordsOf } from "@/lib/queries/api-fetch";
import type { Comparing } from "./use-comparing";

const CHOICES: readonly { value: BlindChoice; label: string }[] = [
  { value: "first", label: "First is better" },
  { value: "same", label: "The same" },
  { value: "second", label: "Second is better" },
];

/** The choice, a word why, and on to the next. In reach of the thumb. */
export function CompareBar({ comparing }: { comparing: Comparing }) {
  const { pair, choice, setChoice, reason, setReason, save, saveChoice } = comparing;
  return (
    <div className="space-y-3">
      <fieldset>
        <legend className="mb-2 font-medium">Which answer is better?</legend>
        <div className="flex flex-wrap gap-1.5">
          {CHOICES.map(({ value, label }) => (
            <label
              key={value}
              className={cx(
                "calm relative flex min-h-12 min-w-24 flex-1 cursor-pointer items-center justify-center rounded-md border px-2 text-center",
                "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                choice === value
                  ? "border-accent bg-selected font-semibold text-ink"
                  : "border-line-strong bg-raised text-ink-muted hover:bg-hover hover:text-ink",
              )}
            >
              <input
                type="radio"
                name={`choice-${pair?.id}`}
                value={value}
                checked={choice === value}
                onChange={() => setChoice(value)}
                className="absolute inset-0 size-full cursor-pointer opacity-0"
              />
              {choice === value && <span aria-hidden="true">✓&nbsp;</span>}
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Why, in a few words (may stay empty)" className="min-w-0 flex-1 basis-56">
          <Input
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={2_000}
            autoComplete="off"
          />
        </Field>
        <Button
          variant="primary"
          size="lg"
          onClick={saveChoice}
          pending={save.isPending}
          blockedReason={
            choice === null ? "Say first which answer is better, or that they are the same." : undefined
          }
        >
          Save and next
        </Button>
      </div>
      {save.error && <FieldError>{wordsOf(save.error)}</FieldError>}
    </div>
  );
}
