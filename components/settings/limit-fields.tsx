"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fieldErrorOf } from "@/lib/queries/api-fetch";
import type { LimitDraft } from "@/lib/view-models/limit-form";

interface LimitFieldsProps {
  draft: LimitDraft;
  /** The server's, which names the field. */
  error: unknown;
  onChange(draft: LimitDraft): void;
}

/** How hard an endpoint may be asked, and how long it may take. */
export function LimitFields({ draft, error, onChange }: LimitFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Calls at once, at most"
        hint="Over all runs and workers together."
        error={fieldErrorOf(error, "maxConcurrency") ?? undefined}
      >
        <Input
          inputMode="numeric"
          value={draft.maxConcurrency}
          onChange={(event) => onChange({ ...draft, maxConcurrency: event.target.value })}
        />
      </Field>
      <Field
        label="Seconds for an answer, at most"
        hint="Then the call counts as failed."
        error={fieldErrorOf(error, "timeoutMs") ?? undefined}
      >
        <Input
          inputMode="numeric"
          value={draft.timeoutSeconds}
          onChange={(event) => onChange({ ...draft, timeoutSeconds: event.target.value })}
        />
      </Field>
    </div>
  );
}
