"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { ConnectionView, ModelAssignment, ProjectModels, ProjectView } from "@/lib/contracts/projects";
import { wordsOf } from "@/lib/queries/api-fetch";
import { updateProject } from "@/lib/queries/projects";

type RoleKey = "task" | "judge" | "reflection" | "embedding";

const ROLES: readonly { key: RoleKey; label: string; hint: string }[] = [
  { key: "task", label: "Answers", hint: "Gives the answers: the model that your assistant runs on." },
  { key: "judge", label: "Grades", hint: "Plays the judge." },
  {
    key: "reflection",
    label: "Suggests edits",
    hint: "Reads what went wrong and rewrites the prompt. Use the strongest that you have.",
  },
  {
    key: "embedding",
    label: "Finds similar answers",
    hint: "Leave the model empty to find them by words instead.",
  },
];

const SIMULATED: Readonly<Record<RoleKey, string>> = {
  task: "sim-task",
  judge: "sim-judge",
  reflection: "sim-reflect",
  embedding: "sim-embed",
};

/** Which model of which connection plays which part. */
export function ModelsForm({
  project,
  connections,
  mayEdit,
}: {
  project: ProjectView;
  connections: readonly ConnectionView[];
  mayEdit: boolean;
}) {
  const router = useRouter();
  const { toast } = useToast();
  const [models, setModels] = useState<Record<RoleKey, ModelAssignment>>({
    task: project.models.task,
    judge: project.models.judge,
    reflection: project.models.reflection,
    embedding: project.models.embedding ?? {
      connectionId: project.models.task.connectionId,
      model: "",
      settings: {},
    },
  });
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const choose = (key: RoleKey, connectionId: string) => {
    const isSimulated = connections.find(({ id }) => id === connectionId)?.kind === "simulated";
    const model = isSimulated
      ? SIMULATED[key]
      : models[key].model.startsWith("sim-")
        ? ""
        : models[key].model;
    setModels({ ...models, [key]: { ...models[key], connectionId, model } });
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    const { embedding, ...rest } = models;
    const next: ProjectModels = {
      v: 1,
      ...rest,
      embedding: embedding.model.trim() === "" ? null : embedding,
    };
    try {
      await updateProject(project.id, { models: next });
      toast({ title: "Saved. Runs that have started keep the models they started with.", mark: "done" });
      router.refresh();
    } catch (problem) {
      setError(wordsOf(problem));
    } finally {
      setPending(false);
    }
  };

  return (
    <form onSubmit={save} className="space-y-5">
      {ROLES.map(({ key, label, hint }) => (
        <Fieldset key={key} legend={label} hint={hint}>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <Field label="Connection">
              <Select
                options={connections.map(({ id, name }) => ({ value: id, label: name }))}
                value={models[key].connectionId}
                onValueChange={(connectionId) => choose(key, connectionId)}
                disabled={!mayEdit}
              />
            </Field>
            <Field label="Model">
              <Input
                value={models[key].model}
                readOnly={!mayEdit}
                required={key !== "embedding"}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) =>
                  setModels({ ...models, [key]: { ...models[key], model: event.target.value } })
                }
              />
            </Field>
          </div>
        </Fieldset>
      ))}
      {project.simulated && (
        <Callout tone="simulated" title="Simulated models are in use">
          Nothing leaves this computer, and what they make never counts for a real project.
        </Callout>
      )}
      {error && (
        <p role="alert" className="text-worse">
          {error}
        </p>
      )}
      {mayEdit && (
        <Button type="submit" pending={isPending} pendingLabel="Saving">
          Save the models
        </Button>
      )}
    </form>
  );
}
