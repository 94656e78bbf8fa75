"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { duplicateProject } from "@/lib/queries/projects";

interface DuplicateDialogProps {
  project: { id: string; name: string };
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** A project like this one to begin anew from. */
export function DuplicateDialog({ project, isOpen, onOpenChange }: DuplicateDialogProps) {
  const router = useRouter();
  const [name, setName] = useState(`${project.name}, copy`.slice(0, 120));
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      router.push(`/p/${(await duplicateProject(project.id, name, key)).id}`);
    } catch (problem) {
      setError(problem);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={`Duplicate “${project.name}”`}
      description="The copy has its records, models, About card and the judge's question, and begins with the prompt that is in production. Labels, guidelines, runs and people stay here."
      open={isOpen}
      onOpenChange={onOpenChange}
      footer={
        <Button
          type="submit"
          form={`duplicate-${project.id}`}
          variant="primary"
          pending={isPending}
          pendingLabel="Copying"
        >
          Duplicate it
        </Button>
      }
    >
      <form id={`duplicate-${project.id}`} onSubmit={submit}>
        <Field
          label="Name"
          required
          error={fieldErrorOf(error, "name") ?? (error ? wordsOf(error) : undefined)}
        >
          <Input
            required
            maxLength={120}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
