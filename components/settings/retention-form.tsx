"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { ProjectView } from "@/lib/contracts/projects";
import type { RetentionPreview } from "@/lib/contracts/retention";
import { wordsOf } from "@/lib/queries/api-fetch";
import { previewRetention, updateProject } from "@/lib/queries/projects";

const CHOICES = [
  { value: "", label: "for good" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
];

/** How long texts are kept that nobody needs any more; shows what would go before it is saved. */
export function RetentionForm({ project }: { project: ProjectView }) {
  const saved = project.settings.retention;
  const [calls, setCalls] = useState(String(saved?.callsDays ?? ""));
  const [messages, setMessages] = useState(String(saved?.messagesDays ?? ""));
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const { toast } = useToast();
  const retention = { callsDays: daysOf(calls), messagesDays: daysOf(messages) };

  const attempt = async (work: () => Promise<void>) => {
    setPending(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    setPreview(null);
  };
  return (
    <form
      className="space-y-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void attempt(async () => {
          if (preview === null) return setPreview(await previewRetention(project.id, retention));
          await updateProject(project.id, { settings: { ...project.settings, retention } });
          setPreview(null);
          toast({ title: "Saved. It is looked at every hour." });
        });
      }}
    >
      <div className="flex flex-wrap gap-3">
        <Field
          label="Keep the text of model calls"
          hint="After their work has ended. Prices, counts and hashes stay."
          className="min-w-0 flex-1 basis-64"
        >
          <Select value={calls} onValueChange={choose(setCalls)} options={withOwn(calls)} />
        </Field>
        <Field
          label="Keep messages of webhooks"
          hint="Those that were delivered or given up."
          className="min-w-0 flex-1 basis-64"
        >
          <Select value={messages} onValueChange={choose(setMessages)} options={withOwn(messages)} />
        </Field>
      </div>
      {preview && (
        <p role="status" className="measure">
          Within the hour {preview.calls} stored {preview.calls === 1 ? "call" : "calls"} would lose their
          text and {preview.messages} {preview.messages === 1 ? "message" : "messages"} would be deleted.{" "}
          {preview.callsKeptAsEvidence > 0 &&
            `${preview.callsKeptAsEvidence} as old are kept, for reviews rest on them. `}
          Records, answers, labels, sealed evidence, prompts and the audit log are never let go of by age.
        </p>
      )}
      {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      <Button type="submit" pending={isPending} pendingLabel={preview ? "Saving" : "Looking"}>
        {preview ? "Save" : "Show what would go"}
      </Button>
    </form>
  );
}

function daysOf(text: string): number | null {
  return text === "" ? null : Number(text);
}

/** A number of days that was set through the API is a choice too. */
function withOwn(chosen: string) {
  return CHOICES.some(({ value }) => value === chosen)
    ? CHOICES
    : [...CHOICES, { value: chosen, label: `${chosen} days` }];
}
