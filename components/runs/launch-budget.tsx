"use client";

import { useId } from "react";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import { EFFORTS, type LaunchDraft } from "@/lib/view-models/run-launch";

interface LaunchBudgetProps {
  draft: LaunchDraft;
  change(changes: Partial<LaunchDraft>): void;
  canCapMoney: boolean;
  projectId: string;
}

const CHOICES = [
  { value: "quick", name: "Quick", words: `${EFFORTS.quick} answers` },
  { value: "standard", name: "Standard", words: `${EFFORTS.standard} answers` },
  { value: "thorough", name: "Thorough", words: `${EFFORTS.thorough} answers` },
  { value: "own", name: "Another number", words: "of your own" },
] as const;

/** How much it may use: scored answers, and on top of them money and minutes. All are limits, none a target. */
export function LaunchBudget({ draft, change, canCapMoney, projectId }: LaunchBudgetProps) {
  const name = useId();
  return (
    <div className="space-y-5">
      <fieldset>
        <legend className="mb-1.5 font-medium">
          Effort, in <Term code="metric-call">scored answers</Term>
        </legend>
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {CHOICES.map((choice) => (
            <label
              key={choice.value}
              className={cx(
                "calm flex cursor-pointer flex-col rounded-md border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent",
                draft.effort === choice.value
                  ? "border-accent bg-selected"
                  : "border-line-strong hover:bg-hover",
              )}
            >
              <span className="flex items-center gap-2 font-medium">
                <input
                  type="radio"
                  name={name}
                  value={choice.value}
                  checked={draft.effort === choice.value}
                  onChange={() => change({ effort: choice.value })}
                  className="size-4 shrink-0 accent-accent"
                />
                {choice.name}
              </span>
              <span className="ps-6 text-ink-muted tabular-nums">{choice.words}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {draft.effort === "own" && (
        <Field label="Scored answers, at most" hint="A whole number from 1 to 100,000.">
          <Input
            inputMode="numeric"
            value={draft.ownAnswers}
            onChange={(event) => change({ ownAnswers: event.target.value })}
            className="max-w-40"
          />
        </Field>
      )}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Money, at most, in $"
          optional
          hint={
            canCapMoney ? (
              "No call is made that could pass it."
            ) : (
              <>
                Needs the models’ prices. <TextLink href={`/p/${projectId}/settings`}>Enter prices</TextLink>
              </>
            )
          }
        >
          <Input
            inputMode="decimal"
            value={draft.maxUsd}
            onChange={(event) => change({ maxUsd: event.target.value })}
          />
        </Field>
        <Field label="Minutes, at most" optional hint="Then it takes the best so far.">
          <Input
            inputMode="decimal"
            value={draft.maxMinutes}
            onChange={(event) => change({ maxMinutes: event.target.value })}
          />
        </Field>
      </div>
    </div>
  );
}
