"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field, Fieldset } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type ApiScope, apiScopes } from "@/lib/contracts/permissions";

/** What each scope lets a program do, on the screen. */
export const SCOPE_WORDS: Readonly<Record<ApiScope, string>> = {
  "prompts:read": "fetch prompts",
  "records:read": "read records",
  "records:write": "write and import records",
  "labels:write": "label answers",
  "traces:write": "send answers",
  "runs:read": "read runs and spend",
  "runs:write": "start and steer runs",
  "reviews:read": "read reviews",
};

const DAYS = [
  { value: "", label: "never" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
];

interface KeyRightsProps {
  scopes: readonly ApiScope[];
  onScopes(scopes: readonly ApiScope[]): void;
  /** Days until it ends; empty = never. */
  days: string;
  onDays(days: string): void;
}

/** What a key may do and until when. None opens evidence, approves, promotes or rolls back. */
export function KeyRights({ scopes, onScopes, days, onDays }: KeyRightsProps) {
  return (
    <Disclosure
      summary={`It may ${scopes.map((scope) => SCOPE_WORDS[scope]).join(", ") || "do nothing yet"}`}
    >
      <div className="space-y-4">
        <Fieldset
          legend="What it may do"
          hint="No key scores sealed records, approves, promotes or rolls back."
        >
          <div className="grid gap-2 sm:grid-cols-2">
            {apiScopes.map((scope) => (
              <Checkbox
                key={scope}
                label={SCOPE_WORDS[scope]}
                checked={scopes.includes(scope)}
                onCheckedChange={(isOn) =>
                  onScopes(apiScopes.filter((one) => (one === scope ? isOn : scopes.includes(one))))
                }
              />
            ))}
          </div>
        </Fieldset>
        <Field label="It ends" className="max-w-60">
          <Select value={days} onValueChange={onDays} options={DAYS} />
        </Field>
      </div>
    </Disclosure>
  );
}
