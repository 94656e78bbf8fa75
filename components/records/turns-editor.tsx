"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Term } from "@/components/ui/term";
import { Textarea } from "@/components/ui/textarea";
import { changeItem, type DraftTurn, freshKey, moveItem, removeItem } from "@/lib/view-models/record-draft";

const ROLES = [
  { value: "user", label: "A person asks" },
  { value: "assistant", label: "The assistant answers" },
] as const;

interface TurnsEditorProps {
  turns: readonly DraftTurn[];
  onChange: (turns: readonly DraftTurn[], step: string) => void;
  /** A new record: the first words go here. */
  isFocused: boolean;
  /** Beside "Add a turn". */
  actions?: ReactNode;
}

/** The question, or the conversation that leads to it. Turns move by buttons, so that no dragging is needed. */
export function TurnsEditor({ turns, onChange, isFocused, actions }: TurnsEditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string | null>(null);
  // at once, before the next key is pressed
  useLayoutEffect(() => {
    if (wanted.current !== null) list.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = null;
  });
  const focusTurn = (key: string, within: string) => {
    wanted.current = `[data-turn="${key}"] ${within}`;
  };
  const add = () => {
    const key = freshKey(turns, "turn");
    const role = turns.at(-1)?.role === "user" ? "assistant" : "user";
    focusTurn(key, "textarea");
    onChange([...turns, { key, role, text: "" }], "turn add");
  };
  const move = (key: string, by: -1 | 1) => {
    focusTurn(key, by === -1 ? '[data-move="up"]' : '[data-move="down"]');
    onChange(moveItem(turns, key, by), "turn move");
  };
  const remove = (key: string) => {
    const at = turns.findIndex((turn) => turn.key === key);
    const next = turns[at + 1] ?? turns[at - 1];
    if (next) focusTurn(next.key, "textarea");
    onChange(removeItem(turns, key), "turn remove");
  };
  const isConversation = turns.length > 1;
  return (
    <section>
      <h3 className="font-medium">
        <Term code={isConversation ? "conversation" : "inputs"} />
      </h3>
      <ol ref={list} className="mt-1.5 space-y-2">
        {turns.map((turn, index) => (
          <li
            key={turn.key}
            data-turn={turn.key}
            className={isConversation ? "rounded-md border border-line p-2" : undefined}
          >
            {isConversation && (
              <div className="mb-1.5 flex items-center gap-1">
                <Select
                  aria-label={`Who speaks in turn ${index + 1}`}
                  className="max-w-52"
                  options={ROLES}
                  value={turn.role}
                  onValueChange={(role) => onChange(changeItem(turns, turn.key, { role }), "turn role")}
                />
                <span className="ms-auto" />
                <IconButton
                  size="sm"
                  data-move="up"
                  label={`Move turn ${index + 1} up`}
                  icon={<ArrowUp aria-hidden="true" className="size-4" />}
                  onClick={() => move(turn.key, -1)}
                />
                <IconButton
                  size="sm"
                  data-move="down"
                  label={`Move turn ${index + 1} down`}
                  icon={<ArrowDown aria-hidden="true" className="size-4" />}
                  onClick={() => move(turn.key, 1)}
                />
                <IconButton
                  size="sm"
                  label={`Remove turn ${index + 1}`}
                  icon={<X aria-hidden="true" className="size-4" />}
                  onClick={() => remove(turn.key)}
                />
              </div>
            )}
            <Textarea
              aria-label={isConversation ? `Turn ${index + 1}` : "Question"}
              rows={isConversation ? 2 : 3}
              maxLength={100_000}
              autoFocus={isFocused && index === 0}
              placeholder={index === 0 ? "As people really ask it" : undefined}
              value={turn.text}
              onChange={(event) =>
                onChange(changeItem(turns, turn.key, { text: event.target.value }), `turn ${turn.key}`)
              }
            />
          </li>
        ))}
      </ol>
      <div className="mt-1.5 flex flex-wrap gap-x-1">
        <Button size="sm" variant="quiet" icon={<Plus aria-hidden="true" className="size-4" />} onClick={add}>
          Add a turn
        </Button>
        {actions}
      </div>
    </section>
  );
}
