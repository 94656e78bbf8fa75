"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { PriceDraft } from "@/lib/view-models/price-form";

interface PriceFieldsProps {
  drafts: readonly PriceDraft[];
  problem: string | null;
  onChange(drafts: PriceDraft[]): void;
}

/** What each model costs. Forecasts in money and money caps rest on it; without a price no amount is shown. */
export function PriceFields({ drafts, problem, onChange }: PriceFieldsProps) {
  const change = (key: number, changes: Partial<PriceDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...changes } : draft)));
  const nextKey = drafts.reduce((most, { key }) => Math.max(most, key), -1) + 1;
  const amount = (draft: PriceDraft, side: "input" | "output", label: string) => (
    <Input
      aria-label={`${label} of ${draft.model || "this model"}, in $ for a million tokens`}
      inputMode="decimal"
      value={draft[side]}
      onChange={(event) => change(draft.key, { [side]: event.target.value })}
      placeholder={side === "input" ? "in, 0.40" : "out, 1.60"}
      className="w-24"
    />
  );
  return (
    <Fieldset
      legend="Prices"
      hint="In $ for a million tokens, sent and answered. Forecasts and caps in money need them."
      error={problem}
    >
      {drafts.map((draft, index) => (
        <div key={draft.key} className="flex flex-wrap items-center gap-2">
          <Input
            aria-label={`Model ${index + 1}`}
            value={draft.model}
            onChange={(event) => change(draft.key, { model: event.target.value })}
            placeholder="name of the model"
            autoComplete="off"
            spellCheck={false}
            className="min-w-0 flex-1 basis-40"
          />
          {amount(draft, "input", "Price of what is sent")}
          {amount(draft, "output", "Price of what is answered")}
          <IconButton
            icon={<X aria-hidden="true" className="size-4" />}
            label={`Remove price ${index + 1}`}
            onClick={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => onChange([...drafts, { key: nextKey, model: "", input: "", output: "" }])}
        >
          Add a price
        </Button>
      </div>
    </Fieldset>
  );
}
