"use client";

import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { CSSProperties, PointerEvent } from "react";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { DraftTurn } from "@/lib/view-models/record-draft";

const ROLES = [
  { value: "user", label: "A person asks" },
  { value: "assistant", label: "The assistant answers" },
] as const;

interface TurnRowProps {
  turn: DraftTurn;
  /** Its place in the conversation, from 1. */
  number: number;
  /** More turns than one: each says who speaks, and moves. */
  isConversation: boolean;
  isFocused: boolean;
  isDragged: boolean;
  /** Where it is drawn while a turn is dragged. */
  style: CSSProperties | undefined;
  onChange: (change: Partial<DraftTurn>, step: string) => void;
  onMove: (by: -1 | 1) => void;
  onDrag: (event: PointerEvent<HTMLElement>) => void;
  onRemove: () => void;
}

/** One turn of the conversation. */
export function TurnRow({ turn, number, isConversation, isDragged, style, ...props }: TurnRowProps) {
  return (
    <li
      data-turn={turn.key}
      style={style}
      className={cx(
        isConversation && "rounded-md border border-line p-2",
        isDragged && "relative z-10 bg-raised shadow-high",
        style && !isDragged && "transition-transform duration-150",
      )}
    >
      {isConversation && (
        <div className="mb-1.5 flex items-center gap-1">
          {/* For pointers only: with keys and screen readers the two buttons beside it do the same. */}
          <span
            aria-hidden="true"
            data-drag
            className={cx(
              "flex h-11 w-8 touch-none items-center justify-center rounded-sm text-ink-muted hover:bg-hover sm:h-8 sm:w-6",
              isDragged ? "cursor-grabbing" : "cursor-grab",
            )}
            onPointerDown={props.onDrag}
          >
            <GripVertical className="size-4" />
          </span>
          <Select
            aria-label={`Who speaks in turn ${number}`}
            className="max-w-52"
            options={ROLES}
            value={turn.role}
            onValueChange={(role) => props.onChange({ role }, "turn role")}
          />
          <span className="ms-auto" />
          <IconButton
            size="sm"
            data-move="up"
            label={`Move turn ${number} up`}
            icon={<ArrowUp aria-hidden="true" className="size-4" />}
            onClick={() => props.onMove(-1)}
          />
          <IconButton
            size="sm"
            data-move="down"
            label={`Move turn ${number} down`}
            icon={<ArrowDown aria-hidden="true" className="size-4" />}
            onClick={() => props.onMove(1)}
          />
          <IconButton
            size="sm"
            label={`Remove turn ${number}`}
            icon={<X aria-hidden="true" className="size-4" />}
            onClick={props.onRemove}
          />
        </div>
      )}
      <Textarea
        aria-label={isConversation ? `Turn ${number}` : "Question"}
        rows={isConversation ? 2 : 3}
        maxLength={100_000}
        autoFocus={props.isFocused}
        placeholder={number === 1 ? "As people really ask it" : undefined}
        value={turn.text}
        onChange={(event) => props.onChange({ text: event.target.value }, `turn ${turn.key}`)}
      />
    </li>
  );
}
