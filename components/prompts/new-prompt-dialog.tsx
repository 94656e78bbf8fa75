"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { useCreatePrompt } from "@/lib/queries/prompts";
import { newId } from "@/lib/util/new-id";
import { type DraftPart, preparePrompt, promptProblem } from "@/lib/view-models/prompt-parts";
import { PartFields } from "./part-fields";

/** A prompt's first version, in one part or in several that are searched, compared and fetched by name. */
export function NewPromptDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { toast } = useToast();
  const [key] = useState(() => newId("prm"));
  const [name, setName] = useState("");
  const [parts, setParts] = useState<readonly DraftPart[]>([{ key: "part-1", name: "", text: "" }]);
  const create = useCreatePrompt(projectId);
  const change = (at: string, changes: Partial<DraftPart>) =>
    setParts((before) => before.map((one) => (one.key === at ? { ...one, ...changes } : one)));
  const save = () => {
    const shortName = name.trim();
    create.mutate(
      { name: shortName, ...preparePrompt(parts), key },
      {
        onSuccess: () => {
          toast({ title: `${shortName} is written. Its first review puts it in production.`, mark: "done" });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title="Write a prompt"
      description="Nothing goes live from here: its first version needs a review and an approval."
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={create.isPending}
            blockedReason={promptProblem(name, parts)}
            onClick={save}
          >
            Save the prompt
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label="Name" hint="Agents fetch it by this name, such as clinic-assistant.">
          <Input value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        </Field>
        {parts.map((part, index) => (
          <PartFields
            key={part.key}
            part={part}
            place={index + 1}
            count={parts.length}
            onChange={(changes) => change(part.key, changes)}
            onMove={(by) => setParts((before) => moved(before, index, by))}
            onRemove={() => setParts((before) => before.filter(({ key: one }) => one !== part.key))}
          />
        ))}
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => setParts((before) => [...before, { key: newId("part"), name: "", text: "" }])}
        >
          Add a part
        </Button>
        {parts.length > 1 && (
          <p className="text-ink-muted">
            Agents read the parts in this order, with a blank line between, or each by its name. A run edits
            one part at a time.
          </p>
        )}
        {create.error && <FieldError>{wordsOf(create.error)}</FieldError>}
      </div>
    </Dialog>
  );
}

function moved(parts: readonly DraftPart[], from: number, by: -1 | 1): readonly DraftPart[] {
  const [own, other] = [parts[from], parts[from + by]];
  if (!own || !other) return parts;
  return parts.map((part, index) => (index === from ? other : index === from + by ? own : part));
}
