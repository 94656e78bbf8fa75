"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { deleteProject } from "@/lib/queries/projects";
import { WhatIsDeleted } from "./what-is-deleted";

interface DeleteDialogProps {
  project: { id: string; name: string };
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Nobody deletes a project by a slip: its name is typed. */
export function DeleteDialog({ project, isOpen, onOpenChange }: DeleteDialogProps) {
  const router = useRouter();
  const { toast } = useToast();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const isTyped = typed.trim() === project.name;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isTyped) return;
    setPending(true);
    setProblem(null);
    try {
      await deleteProject(project.id, typed);
      onOpenChange(false);
      toast({ title: `“${project.name}” is deleted. What belonged to it is being removed.`, mark: "done" });
      router.refresh();
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={`Delete “${project.name}”`}
      description="Everybody loses it at once, its work stops and its API keys end. Then all that belongs to it is deleted for good. To put it out of the way for a while, archive it."
      open={isOpen}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button
            type="submit"
            form={`delete-${project.id}`}
            variant="danger"
            pending={isPending}
            pendingLabel="Deleting"
            blockedReason={isTyped ? undefined : "Type the project's name first."}
          >
            Delete it for everybody
          </Button>
        </>
      }
    >
      <WhatIsDeleted projectId={project.id} />
      <form id={`delete-${project.id}`} onSubmit={submit} className="mt-4">
        <Field label={`Type the name: ${project.name}`} error={problem}>
          <Input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
