"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { About, ProjectView } from "@/lib/contracts/projects";
import { wordsOf } from "@/lib/queries/api-fetch";
import { updateProject } from "@/lib/queries/projects";

const PARTS: readonly { key: Exclude<keyof About, "v">; label: string; hint: string }[] = [
  {
    key: "purpose",
    label: "What it is for",
    hint: "One or two sentences. Reviewers read this first; the model that suggests edits reads it too.",
  },
  { key: "reliedOnBy", label: "Who relies on it", hint: "The people who act on its answers." },
  { key: "outOfScope", label: "Out of scope", hint: "What it must not be asked, or must turn down." },
  {
    key: "dataKinds",
    label: "Kinds of data",
    hint: "What is in the questions: play sheets, case files, patient notes.",
  },
  { key: "owner", label: "Owner", hint: "Who answers for it." },
];

/** The About card: shown on every review, and told to the model that suggests edits. */
export function AboutForm({ project, mayEdit }: { project: ProjectView; mayEdit: boolean }) {
  const { toast } = useToast();
  const [about, setAbout] = useState(project.about);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await updateProject(project.id, { about });
      toast({ title: "Saved.", mark: "done" });
    } catch (problem) {
      setError(wordsOf(problem));
    } finally {
      setPending(false);
    }
  };

  return (
    <form onSubmit={save} className="space-y-4">
      {PARTS.map(({ key, label, hint }) => (
        <Field key={key} label={label} hint={hint}>
          <Textarea
            rows={key === "purpose" ? 3 : 2}
            value={about[key]}
            readOnly={!mayEdit}
            onChange={(event) => setAbout({ ...about, [key]: event.target.value })}
          />
        </Field>
      ))}
      {error && (
        <p role="alert" className="text-worse">
          {error}
        </p>
      )}
      {mayEdit ? (
        <Button type="submit" pending={isPending} pendingLabel="Saving">
          Save the About card
        </Button>
      ) : (
        <p className="text-ink-muted">An admin of the project can change this.</p>
      )}
    </form>
  );
}
