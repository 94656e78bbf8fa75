"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { LaunchOptions } from "@/lib/contracts/runs";
import type { LaunchDraft } from "@/lib/view-models/run-launch";

interface LaunchAdvancedProps {
  draft: LaunchDraft;
  change(changes: Partial<LaunchDraft>): void;
  options: LaunchOptions;
}

/** What engineers may want to set; the defaults are right for most. */
export function LaunchAdvanced({ draft, change, options }: LaunchAdvancedProps) {
  return (
    <div className="space-y-5 pt-2">
      <div className="grid gap-5 sm:grid-cols-3">
        <Field
          label="Strategy"
          hint={
            draft.strategy === "frugal"
              ? "Finds as much with fewer answers."
              : "As in the literature, to compare with."
          }
        >
          <Select
            value={draft.strategy}
            onValueChange={(strategy) => change({ strategy })}
            options={[
              { value: "frugal", label: "frugal" },
              { value: "reference", label: "reference" },
            ]}
          />
        </Field>
        <Field
          label="Lanes"
          hint="Suggested edits at once. More is faster, and learns less from each answer."
        >
          <Select
            value={draft.lanes}
            onValueChange={(lanes) => change({ lanes })}
            options={[
              { value: "1", label: "1, thrifty" },
              { value: "2", label: "2, balanced" },
              { value: "4", label: "4, fast" },
            ]}
          />
        </Field>
        <Field label="Seed of chance" hint="The same seed makes the same choices.">
          <Input
            inputMode="numeric"
            value={draft.seed}
            onChange={(event) => change({ seed: event.target.value })}
          />
        </Field>
      </div>
      {options.judges.length > 1 && (
        <fieldset>
          <legend className="mb-1.5 font-medium">Judges, their weights and floors</legend>
          <p className="measure mb-2 text-ink-muted">
            No weight = not asked. The score is the weighted mean. A floor holds each by itself: a candidate
            that falls below it is not taken, however good the others find it.
          </p>
          <div className="space-y-3">
            {options.judges.map(({ judgeVersionId, name, version }) => (
              <div key={judgeVersionId} className="grid grid-cols-2 gap-3">
                <Field label={`${name} v${version}, weight`}>
                  <Input
                    inputMode="decimal"
                    value={draft.weights[judgeVersionId] ?? ""}
                    onChange={(event) =>
                      change({ weights: { ...draft.weights, [judgeVersionId]: event.target.value } })
                    }
                  />
                </Field>
                <Field label={`${name} v${version}, at least (of 100)`}>
                  <Input
                    inputMode="decimal"
                    value={draft.floors[judgeVersionId] ?? ""}
                    onChange={(event) =>
                      change({ floors: { ...draft.floors, [judgeVersionId]: event.target.value } })
                    }
                  />
                </Field>
              </div>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
