"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { TextBlock } from "@/components/ui/text-block";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";
import { TextDiff } from "./text-diff";

type Side = "parent" | "seed" | "production" | "none";

/** The candidate's text: against its parent, the starting prompt, what is in production, or as it is. */
export function CandidateText({ detail, isSeed }: { detail: CandidateDetail; isSeed: boolean }) {
  const { components, parentComponents, seedComponents, productionComponents, refused } = detail;
  const [side, setSide] = useState<Side>(isSeed ? "none" : parentComponents ? "parent" : "seed");
  const names = Object.keys(components);
  const before = {
    parent: parentComponents,
    seed: seedComponents,
    production: productionComponents,
    none: null,
  }[side];
  if (names.length === 0) {
    return (
      <Callout title="There is no text.">
        {refused?.detail || "The suggestion could not be used, so no text was made of it."}
      </Callout>
    );
  }
  const choices: { value: Side; label: string }[] = [
    ...(parentComponents ? [{ value: "parent" as const, label: "Against its parent" }] : []),
    { value: "seed", label: "Against the starting prompt" },
    ...(productionComponents && !isSameText(productionComponents, seedComponents)
      ? [{ value: "production" as const, label: "Against production" }]
      : []),
    { value: "none", label: "The text alone" },
  ];
  return (
    <div className="space-y-4">
      {refused && (
        <Callout tone="warning" title="It was refused before any answer was scored.">
          {refused.detail}
        </Callout>
      )}
      {!isSeed && (
        <fieldset className="flex flex-wrap gap-2 border-0 p-0">
          <legend className="sr-only">Compare the text</legend>
          {choices.map(({ value, label }) => (
            <Button
              key={value}
              size="sm"
              aria-pressed={side === value}
              variant={side === value ? "secondary" : "quiet"}
              onClick={() => setSide(value)}
            >
              {label}
            </Button>
          ))}
        </fieldset>
      )}
      {names.map((name) => (
        <div key={name}>
          {names.length > 1 && <h3 className="mb-1 font-semibold">{name}</h3>}
          {before ? (
            <TextDiff before={before[name] ?? ""} after={components[name] ?? ""} />
          ) : (
            <TextBlock text={components[name] ?? ""} maxLines={null} />
          )}
        </div>
      ))}
    </div>
  );
}

function isSameText(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);
}
