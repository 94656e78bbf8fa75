"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readTag } from "@/lib/view-models/record-draft";

interface TagsEditorProps {
  tags: readonly string[];
  /** Tags of other records, offered while typing. */
  known: readonly string[];
  onChange: (tags: readonly string[]) => void;
}

/** Tags as chips; Enter or a comma adds what was typed. */
export function TagsEditor({ tags, known, onChange }: TagsEditorProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = () => {
    const read = readTag(text, tags);
    if ("problem" in read) return setProblem(read.problem);
    setText("");
    setProblem(null);
    onChange([...tags, read.tag]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== ",")) return;
    event.preventDefault();
    add();
  };
  const remove = (tag: string) => {
    onChange(tags.filter((other) => other !== tag));
    input.current?.focus();
  };
  return (
    <div>
      <Field label="Tags" hint="Enter adds it. Results are told by tag." error={problem}>
        <Input
          ref={input}
          dir="auto"
          list={listId}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => text.trim() !== "" && add()}
        />
      </Field>
      <datalist id={listId}>
        {known
          .filter((tag) => !tags.includes(tag))
          .slice(0, 50)
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
      {tags.length > 0 && (
        <ul aria-label="Tags of this record" className="mt-2 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag} className="max-w-full">
              <Chip onRemove={() => remove(tag)}>{tag}</Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
