"use client";

import { Pencil } from "lucide-react";
import { type Ref, useId } from "react";
import { Chip } from "@/components/ui/chip";
import { cx } from "@/components/ui/cx";
import { FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import {
  hasChip,
  type LabelDraft,
  REASON_NEEDED,
  reasonParts,
  toggleChip,
} from "@/lib/view-models/label-form";

interface ReasonFieldProps {
  draft: LabelDraft;
  onEdit: (changes: Partial<LabelDraft>) => void;
  chips: readonly string[];
  isMissing: boolean;
  textareaRef: Ref<HTMLTextAreaElement>;
  /** On a phone the box is there once somebody wants to write. */
  isWriting: boolean;
  onWrite: () => void;
}

/** Why: chips from earlier reasons, one tap each, then optional words in a plain text box, so that dictation works. */
export function ReasonField({
  draft,
  onEdit,
  chips,
  isMissing,
  textareaRef,
  isWriting,
  onWrite,
}: ReasonFieldProps) {
  const id = useId();
  const hasTyped = reasonParts(draft.reason).some(
    (part) => !chips.some((chip) => chip.toLowerCase() === part.toLowerCase()),
  );
  const isOpen = isWriting || hasTyped || isMissing || chips.length === 0;
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="shrink-0 font-medium">
          Why?
        </label>
        <fieldset
          className="-my-1 flex min-w-0 flex-1 gap-1.5 overflow-x-auto py-1 lg:flex-wrap lg:overflow-visible"
          aria-label="Reasons given before"
        >
          {chips.map((chip) => (
            <span key={chip} className="shrink-0">
              <Chip
                size="lg"
                isSelected={hasChip(draft.reason, chip)}
                onToggle={() => onEdit({ reason: toggleChip(draft.reason, chip) })}
              >
                {chip}
              </Chip>
            </span>
          ))}
          {!isOpen && (
            <button
              type="button"
              onClick={onWrite}
              className="calm inline-flex min-h-11 shrink-0 items-center gap-1.5 rounded-full px-3 text-ink-muted hover:bg-hover hover:text-ink sm:min-h-9 lg:hidden"
            >
              <Pencil aria-hidden="true" className="size-4" />
              write…
            </button>
          )}
        </fieldset>
      </div>
      <Textarea
        id={id}
        ref={textareaRef}
        rows={2}
        value={draft.reason}
        placeholder="In a few words"
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-missing` : undefined}
        onChange={(event) => onEdit({ reason: event.target.value })}
        className={cx("mt-2 min-h-12! max-h-32!", !isOpen && "hidden lg:block")}
      />
      {isMissing && (
        <div className="mt-1.5">
          <FieldError id={`${id}-missing`}>{REASON_NEEDED}</FieldError>
        </div>
      )}
    </div>
  );
}
