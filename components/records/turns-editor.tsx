"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Term } from "@/components/ui/term";
import {
  changeItem,
  type DraftTurn,
  freshKey,
  moveItem,
  placeItem,
  removeItem,
} from "@/lib/view-models/record-draft";
import { TurnRow } from "./turn-row";
import { useDragRows } from "./use-drag-rows";

interface TurnsEditorProps {
  turns: readonly DraftTurn[];
  onChange: (turns: readonly DraftTurn[], step: string) => void;
  /** A new record: the first words go here. */
  isFocused: boolean;
  /** Beside "Add a turn". */
  actions?: ReactNode;
}

/** The question, or the conversation that leads to it. Turns move by buttons, and by dragging. */
export function TurnsEditor({ turns, onChange, isFocused, actions }: TurnsEditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const focusTurn = useFocusInTurn(list);
  const announce = useAnnounce();
  /** @param step names it for undo */
  const put = (key: string, next: readonly DraftTurn[], step: string) => {
    if (next === turns) return;
    const place = (order: readonly DraftTurn[]) => order.findIndex((turn) => turn.key === key) + 1;
    announce(`Turn ${place(turns)} is now turn ${place(next)} of ${next.length}.`);
    onChange(next, step);
  };
  const drag = useDragRows(
    list,
    turns.map(({ key }) => key),
    (key, to) => {
      // a row that has the focus may be taken out of the page and put back by the move
      const focused = list.current?.contains(document.activeElement) ? document.activeElement : null;
      if (focused instanceof HTMLElement) focusTurn(focused);
      put(key, placeItem(turns, key, to), `turn drag ${key}`);
    },
  );
  const add = () => {
    const key = freshKey(turns, "turn");
    const role = turns.at(-1)?.role === "user" ? "assistant" : "user";
    focusTurn(`[data-turn="${key}"] textarea`);
    onChange([...turns, { key, role, text: "" }], "turn add");
  };
  const move = (key: string, by: -1 | 1) => {
    focusTurn(`[data-turn="${key}"] [data-move="${by === -1 ? "up" : "down"}"]`);
    put(key, moveItem(turns, key, by), "turn move");
  };
  const remove = (key: string) => {
    const at = turns.findIndex((turn) => turn.key === key);
    const next = turns[at + 1] ?? turns[at - 1];
    if (next) focusTurn(`[data-turn="${next.key}"] textarea`);
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
          <TurnRow
            key={turn.key}
            turn={turn}
            number={index + 1}
            isConversation={isConversation}
            isFocused={isFocused && index === 0}
            isDragged={drag.dragged === turn.key}
            style={drag.styleOf(turn.key)}
            onChange={(change, step) => onChange(changeItem(turns, turn.key, change), step)}
            onMove={(by) => move(turn.key, by)}
            onDrag={(event) => drag.start(turn.key, event)}
            onRemove={() => remove(turn.key)}
          />
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

/** Gives the focus to an element, or to what a selector finds in the list, once the next state is drawn. */
function useFocusInTurn(list: { current: HTMLElement | null }): (wanted: string | HTMLElement) => void {
  const wanted = useRef<string | HTMLElement | null>(null);
  // at once, before the next key is pressed
  useLayoutEffect(() => {
    const { current } = wanted;
    if (current === null) return;
    (typeof current === "string" ? list.current?.querySelector<HTMLElement>(current) : current)?.focus();
    wanted.current = null;
  });
  return (next) => {
    wanted.current = next;
  };
}
