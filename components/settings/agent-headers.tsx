"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { AgentHeaderDraft } from "@/lib/view-models/agent-form";

interface AgentHeadersProps {
  headers: readonly AgentHeaderDraft[];
  error: string | undefined;
  onChange(headers: AgentHeaderDraft[]): void;
}

/** Headers of each call. Their values are sealed, and never shown again. */
export function AgentHeaders({ headers, error, onChange }: AgentHeadersProps) {
  const change = (key: number, changes: Partial<AgentHeaderDraft>) =>
    onChange(headers.map((header) => (header.key === key ? { ...header, ...changes } : header)));
  const nextKey = headers.reduce((most, { key }) => Math.max(most, key), -1) + 1;
  return (
    <Fieldset
      legend="Headers"
      hint="For example authorization. Values are sealed on this server and never shown again."
      error={error}
    >
      {headers.map((header, index) => (
        <div key={header.key} className="flex flex-wrap items-center gap-2">
          <Input
            aria-label={`Name of header ${index + 1}`}
            value={header.name}
            onChange={(event) => change(header.key, { name: event.target.value, isStored: false })}
            placeholder="authorization"
            autoComplete="off"
            spellCheck={false}
            className="min-w-0 flex-1 basis-40"
          />
          <Input
            aria-label={`Value of header ${index + 1}`}
            type="password"
            value={header.value}
            onChange={(event) => change(header.key, { value: event.target.value })}
            placeholder={header.isStored ? "stored; leave empty to keep it" : "Bearer …"}
            autoComplete="off"
            className="min-w-0 flex-2 basis-52"
          />
          <IconButton
            icon={<X aria-hidden="true" className="size-4" />}
            label={`Remove header ${index + 1}`}
            onClick={() => onChange(headers.filter(({ key }) => key !== header.key))}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => onChange([...headers, { key: nextKey, name: "", value: "", isStored: false }])}
        >
          Add a header
        </Button>
      </div>
    </Fieldset>
  );
}
