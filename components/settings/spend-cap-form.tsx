"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { ProjectView } from "@/lib/contracts/projects";
import { wordsOf } from "@/lib/queries/api-fetch";
import { updateProject } from "@/lib/queries/projects";

/** The cap of the month; empty = none. Raising it lets parked work go on. */
export function SpendCapForm({ project, capUsd }: { project: ProjectView; capUsd: number | null }) {
  const router = useRouter();
  const { toast } = useToast();
  const [text, setText] = useState(capUsd === null ? "" : String(capUsd));
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const cap = text.trim() === "" ? null : Number(text.replace(",", "."));
    if (cap !== null && !(cap > 0 && cap <= 1_000_000)) {
      setError("A sum in dollars above 0, or nothing for no cap.");
      return;
    }
    setPending(true);
    setError(null);
    try {
      await updateProject(project.id, { settings: { ...project.settings, monthlyCapUsd: cap } });
      toast({ title: cap === null ? "There is no cap any more." : `The cap is $${cap.toFixed(2)}.` });
      router.refresh();
    } catch (problem) {
      setError(wordsOf(problem));
    } finally {
      setPending(false);
    }
  };

  return (
    <form onSubmit={save} noValidate className="flex flex-wrap items-end gap-3">
      <Field
        label="US dollars a month"
        hint="Before each call, the most that it can cost is set aside; a call that does not fit is not made, and its work waits. A reply without a length limit is taken as 8,192 tokens. Models and agents need a known price then."
        error={error}
        className="min-w-0 flex-1 basis-72"
      >
        <Input
          value={text}
          onChange={(event) => setText(event.target.value)}
          inputMode="decimal"
          placeholder="no cap"
          autoComplete="off"
        />
      </Field>
      <Button type="submit" pending={isPending} pendingLabel="Saving">
        Save the cap
      </Button>
    </form>
  );
}
