"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { LaunchOptions } from "@/lib/contracts/runs";
import type { LaunchDraft } from "@/lib/view-models/run-launch";

interface LaunchPartProps {
  draft: LaunchDraft;
  change(changes: Partial<LaunchDraft>): void;
  options: LaunchOptions;
}

/** Which prompt, graded by whom. */
export function LaunchSubject({ draft, change, options }: LaunchPartProps) {
  const { prompts, judges } = options;
  const names = new Set(prompts.map(({ name }) => name));
  const chosen = Object.keys(draft.weights)[0] ?? "";
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Starting prompt">
        <Select
          value={draft.promptVersionId}
          onValueChange={(promptVersionId) => change({ promptVersionId })}
          options={prompts.map(({ promptVersionId, name, version, inProduction }) => ({
            value: promptVersionId,
            label: `${names.size > 1 ? `${name} ` : ""}v${version}${inProduction ? ", in production" : ""}`,
          }))}
        />
      </Field>
      <Field label="Graded by" hint={judges.length > 1 ? "Several at once: under Advanced." : undefined}>
        <Select
          value={chosen}
          onValueChange={(judgeVersionId) => change({ weights: { [judgeVersionId]: "1" } })}
          options={judges.map(({ judgeVersionId, name, version, isModel }) => ({
            value: judgeVersionId,
            label: `${name} v${version}${isModel ? "" : ", a rule"}`,
          }))}
        />
      </Field>
    </div>
  );
}
