"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { changeItem, type DraftField, freshKey, removeItem } from "@/lib/view-models/record-draft";

interface FieldsEditorProps {
  fields: readonly DraftField[];
  onChange: (fields: readonly DraftField[], step: string) => void;
}

/** Named texts beside the question, for a prompt with `{{ names }}` in it. Nothing while there are none. */
export function FieldsEditor({ fields, onChange }: FieldsEditorProps) {
  const hintId = useId();
  if (fields.length === 0) return null;
  return (
    <fieldset aria-describedby={hintId}>
      <legend className="font-medium">Named fields</legend>
      <p id={hintId} className="text-ink-muted">
        What the prompt fills in where it says {"{{ name }}"}.
      </p>
      <ul className="mt-1.5 space-y-2">
        {fields.map((field, index) => (
          <li key={field.key} className="flex flex-wrap items-start gap-1.5">
            <Input
              aria-label={`Name of field ${index + 1}`}
              placeholder="name"
              className="max-w-40"
              value={field.name}
              onChange={(event) =>
                onChange(
                  changeItem(fields, field.key, { name: event.target.value }),
                  `field name ${field.key}`,
                )
              }
            />
            <Textarea
              aria-label={`Text of field ${field.name || index + 1}`}
              rows={1}
              className="min-h-9! flex-1 basis-48"
              value={field.text}
              onChange={(event) =>
                onChange(changeItem(fields, field.key, { text: event.target.value }), `field ${field.key}`)
              }
            />
            <IconButton
              size="sm"
              label={`Remove field ${field.name || index + 1}`}
              icon={<X aria-hidden="true" className="size-4" />}
              onClick={() => onChange(removeItem(fields, field.key), "field remove")}
            />
          </li>
        ))}
      </ul>
      <AddField fields={fields} onChange={onChange} />
    </fieldset>
  );
}

/** Adds a named field; stands beside the question while there is none. */
export function AddField({ fields, onChange }: FieldsEditorProps) {
  return (
    <Button
      size="sm"
      variant="quiet"
      icon={<Plus aria-hidden="true" className="size-4" />}
      onClick={() =>
        onChange([...fields, { key: freshKey(fields, "field"), name: "", text: "" }], "field add")
      }
    >
      Add a named field
    </Button>
  );
}
