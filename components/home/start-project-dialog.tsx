"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { createProject } from "@/lib/queries/projects";

interface StartProjectDialogProps {
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}

/** A project needs a name; the prompt that is used today may come now or later. */
export function StartProjectDialog({ isOpen, onOpenChange }: StartProjectDialogProps) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [prompt, setPrompt] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  // One key a dialog: pressing twice, or again after a lost answer, makes one project.
  const [key] = useState(() => crypto.randomUUID());

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const project = await createProject({ name, startingPrompt: prompt }, key);
      router.push(`/p/${project.id}`);
    } catch (problem) {
      setError(problem);
      setPending(false);
    }
  };

  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title="Start your own project"
      description="One assistant, the people who know what it should say, and the prompt to improve."
      footer={
        <Button
          type="submit"
          form="start-project"
          variant="primary"
          pending={isPending}
          pendingLabel="Starting"
        >
          Start the project
        </Button>
      }
    >
      <form id="start-project" onSubmit={submit} className="space-y-4">
        <Field
          label="Name"
          required
          error={fieldErrorOf(error, "name") ?? (error ? wordsOf(error) : undefined)}
        >
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={120}
            autoComplete="off"
          />
        </Field>
        <Field
          label="The prompt it uses today"
          optional
          hint="Paste it as it is. You can also write it later."
        >
          <Textarea value={prompt} onChange={(event) => setPrompt(event.target.value)} rows={6} />
        </Field>
      </form>
    </Dialog>
  );
}
