"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ConnectionView, ProjectView } from "@/lib/contracts/projects";
import { startRound } from "@/lib/queries/answers";
import { wordsOf } from "@/lib/queries/api-fetch";

interface CompareModelsProps {
  project: ProjectView;
  connections: readonly ConnectionView[];
  /** What is in production; null when there is no prompt to ask with. */
  promptVersionId: string | null;
}

/** The same prompt, records and judge on another model: an ordinary round of answers, beside the others under Answers. */
export function CompareModels({ project, connections, promptVersionId }: CompareModelsProps) {
  const router = useRouter();
  const [connectionId, setConnectionId] = useState(project.models.task.connectionId);
  const [model, setModel] = useState("");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(null);
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (promptVersionId === null) return;
    setPending(true);
    setProblem(null);
    key.current ??= crypto.randomUUID();
    try {
      const task = { connectionId, model: model.trim(), settings: project.models.task.settings };
      const round = await startRound(project.id, { promptVersionId, queueSize: 0, task }, key.current);
      router.push(`/p/${project.id}/answers/${round.id}`);
    } catch (error) {
      key.current = null;
      setProblem(wordsOf(error));
      setPending(false);
    }
  };
  return (
    <Disclosure summary="Compare with another model" className="mt-5">
      <form onSubmit={start} className="space-y-3">
        <p className="measure text-ink-muted">
          What is in production is asked of the other model, on your practice records, and graded by the judge
          in use. The round then stands beside the others under Answers; nothing else changes.
        </p>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Field label="Connection of the other model">
            <Select
              options={connections.map(({ id, name }) => ({ value: id, label: name }))}
              value={connectionId}
              onValueChange={setConnectionId}
            />
          </Field>
          <Field label="Other model" required>
            <Input
              value={model}
              required
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setModel(event.target.value)}
            />
          </Field>
        </div>
        {problem && (
          <p role="alert" className="text-worse">
            {problem}
          </p>
        )}
        <Button
          type="submit"
          pending={isPending}
          pendingLabel="Starting"
          blockedReason={promptVersionId === null ? "Nothing is in production yet to ask with." : undefined}
        >
          Get answers from it
        </Button>
      </form>
    </Disclosure>
  );
}
