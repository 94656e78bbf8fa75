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
      toast({ title: `“${project.name}” is deleted.`, mark: "done" });
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
      description="Everybody loses it, its work stops, and its API keys end: agents that fetch its prompt get none any more. This cannot be taken back here. Nobody reads it any more, but its texts stay in the server's database file and backups, since nothing is ever overwritten. To put it out of the way for a while, archive it."
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
      <form id={`delete-${project.id}`} onSubmit={submit}>
        <Field label={`Type the name: ${project.name}`} error={problem}>
          <Input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
