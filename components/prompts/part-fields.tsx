import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { DraftPart } from "@/lib/view-models/prompt-parts";

interface PartFieldsProps {
  part: DraftPart;
  /** Counts from 1. */
  place: number;
  count: number;
  onChange(changes: Partial<DraftPart>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

/** One part: its name once there are several, its text, and its place among them. */
export function PartFields({ part, place, count, onChange, onMove, onRemove }: PartFieldsProps) {
  const text = (
    <Textarea
      value={part.text}
      rows={count === 1 ? 10 : 5}
      onChange={(event) => onChange({ text: event.target.value })}
    />
  );
  if (count === 1) return <Field label="Prompt">{text}</Field>;
  return (
    <section aria-label={`Part ${place}`} className="rounded-md border border-line p-3">
      <div className="mb-2 flex items-end gap-1">
        <Field label={`Name of part ${place}`} className="min-w-0 flex-1">
          <Input value={part.name} onChange={(event) => onChange({ name: event.target.value })} />
        </Field>
        <IconButton
          label={`Move part ${place} up`}
          icon={<ArrowUp aria-hidden="true" className="size-4" />}
          blockedReason={place === 1 ? "It is the first one." : undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={`Move part ${place} down`}
          icon={<ArrowDown aria-hidden="true" className="size-4" />}
          blockedReason={place === count ? "It is the last one." : undefined}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={`Remove part ${place}`}
          icon={<X aria-hidden="true" className="size-4" />}
          onClick={onRemove}
        />
      </div>
      <Field label={`Text of part ${place}`}>{text}</Field>
    </section>
  );
}
