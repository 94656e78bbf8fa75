"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AgentTest, TargetView } from "@/lib/contracts/targets";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { saveAgent, testAgent } from "@/lib/queries/targets";
import { type AgentDraft, agentDraftOf, agentInputOf } from "@/lib/view-models/agent-form";
import { AgentHeaders } from "./agent-headers";

interface AgentFormProps {
  projectId: string;
  target: TargetView;
  onSaved(target: TargetView): void;
  onTested(test: AgentTest | null): void;
}

/** Address, headers, where the answer stands, limits; saved and tested in one go. */
export function AgentForm({ projectId, target, onSaved, onTested }: AgentFormProps) {
  const [draft, setDraft] = useState<AgentDraft>(() => agentDraftOf(target.agent));
  const [question, setQuestion] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const set = (changes: Partial<AgentDraft>) => setDraft({ ...draft, ...changes });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    onTested(null);
    try {
      const saved = await saveAgent(projectId, agentInputOf(draft));
      setDraft(agentDraftOf(saved.agent));
      onSaved(saved);
      const test = await testAgent(projectId, question);
      onTested(test);
      onSaved(withCheck(saved, test));
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };

  const text = (key: Exclude<keyof AgentDraft, "headers">, label: string, hint: string, field: string) => (
    <Field label={label} hint={hint} error={fieldErrorOf(error, field) ?? undefined}>
      <Input
        value={draft[key]}
        onChange={(event) => set({ [key]: event.target.value })}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label="Address"
        required
        hint="Where each question is sent by POST. What it is sent: your records, and the prompts under test."
        error={fieldErrorOf(error, "url") ?? undefined}
      >
        <Input
          type="url"
          value={draft.url}
          onChange={(event) => set({ url: event.target.value })}
          required
          placeholder="http://127.0.0.1:8787/"
          autoComplete="off"
        />
      </Field>
      <AgentHeaders
        headers={draft.headers}
        error={fieldErrorOf(error, "headers") ?? undefined}
        onChange={(headers) => set({ headers })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {text("replyPointer", "The answer stands at", "A path into the reply, as in /text.", "replyPointer")}
        {text("stepsPointer", "Steps stand at", "Empty: it does not say what it did.", "stepsPointer")}
        {text("usagePointer", "Usage stands at", "Empty: it does not say what it used.", "usagePointer")}
        {text("maxConcurrency", "Calls at once, at most", "Over all runs together.", "maxConcurrency")}
        {text("timeoutSeconds", "Seconds for an answer, at most", "Then it counts as failed.", "timeoutMs")}
        {text("maxUsdPerCall", "Dollars an answer, at most", "A cap in money needs it.", "maxUsdPerCall")}
      </div>
      <Field
        label="Question for the test"
        optional
        hint="Two calls are made: this question, then a check that it uses the prompt."
      >
        <Input
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          placeholder="Say in one sentence what you can help with."
          autoComplete="off"
        />
      </Field>
      {error !== null && (
        <p role="alert" className="text-worse">
          {wordsOf(error)}
        </p>
      )}
      <Button type="submit" variant="primary" pending={isPending} pendingLabel="Saving and testing">
        Save and test
      </Button>
    </form>
  );
}

/** What the server keeps of the test too. */
function withCheck(target: TargetView, test: AgentTest): TargetView {
  if (!target.agent) return target;
  const canary = test.ok ? "used" : test.canary === null ? "failed" : "ignored";
  const latencyMs = test.question.received?.ms ?? null;
  return {
    ...target,
    agent: { ...target.agent, lastCheck: { at: Date.now(), canary, says: test.headline, latencyMs } },
  };
}
