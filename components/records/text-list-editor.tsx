"use client";

import { Plus, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { changeItem, type DraftItem, freshKey, removeItem } from "@/lib/view-models/record-draft";

interface TextListEditorProps {
  /** Name of the list, such as "Must mention". */
  label: ReactNode;
  /** The same in plain words, for names of buttons and lines. */
  name: string;
  hint: string;
  placeholder: string;
  items: readonly DraftItem[];
  onChange: (items: readonly DraftItem[], step: string) => void;
}

/** Short notes, one a line. Enter goes on to the next line; Backspace in an empty one takes it away. */
export function TextListEditor({ label, name, hint, placeholder, items, onChange }: TextListEditorProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const wanted = useRef<number | null>(null);
  // at once, before the next key is pressed
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const lines = list.current?.querySelectorAll("input") ?? [];
    (lines[Math.min(wanted.current, lines.length - 1)] ?? addButton.current)?.focus();
    wanted.current = null;
  });
  const addAfter = (index: number) => {
    const fresh = { key: freshKey(items, "line"), text: "" };
    wanted.current = index + 1;
    onChange([...items.slice(0, index + 1), fresh, ...items.slice(index + 1)], `${name} add`);
  };
  const remove = (key: string, index: number) => {
    wanted.current = Math.max(0, index - 1);
    onChange(removeItem(items, key), `${name} remove`);
  };
  const onKeyDown = (event: KeyboardEvent, item: DraftItem, index: number) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && item.text.trim() !== "") {
      event.preventDefault();
      addAfter(index);
    } else if (event.key === "Backspace" && item.text === "") {
      event.preventDefault();
      remove(item.key, index);
    }
  };
  return (
    <fieldset aria-describedby={`${id}-hint`} className="min-w-0">
      <div className="flex items-center justify-between gap-3">
        <legend className="float-left font-medium">{label}</legend>
        <Button
          ref={addButton}
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => addAfter(items.length - 1)}
        >
          Add<span className="sr-only"> to {name}</span>
        </Button>
      </div>
      <p id={`${id}-hint`} className="clear-both text-ink-muted">
        {hint}
      </p>
      <ul ref={list} className="mt-1.5 space-y-1.5 empty:hidden">
        {items.map((item, index) => (
          <li key={item.key} className="flex items-center gap-1">
            <Input
              dir="auto"
              aria-label={`${name}, ${index + 1}`}
              placeholder={placeholder}
              maxLength={2_000}
              value={item.text}
              onChange={(event) =>
                onChange(changeItem(items, item.key, { text: event.target.value }), `${name} ${item.key}`)
              }
              onKeyDown={(event) => onKeyDown(event, item, index)}
            />
            <IconButton
              size="sm"
              label={`Remove ${index + 1} from ${name}`}
              icon={<X aria-hidden="true" className="size-4" />}
              onClick={() => remove(item.key, index)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
