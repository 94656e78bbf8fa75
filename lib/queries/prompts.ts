"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type TryQuestionInput, triedSchema } from "@/lib/contracts/evaluations";
import { aliasEventSchema, type PromptView, promptSchema } from "@/lib/contracts/prompts";
import { createRecordInput, savedRecordSchema } from "@/lib/contracts/records";
import { apiFetch } from "./api-fetch";
import { useSeededQuery } from "./use-seeded-query";

const projectAt = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}`;
const promptAt = (name: string) => `/api/v1/prompts/${encodeURIComponent(name)}`;

/** Prompts of a project with versions, history and readers. */
function promptsOptions(projectId: string) {
  return queryOptions({
    queryKey: ["prompts", projectId] as const,
    queryFn: async ({ signal }) => {
      const schema = z.object({ items: z.array(promptSchema) });
      return (await apiFetch(`${projectAt(projectId)}/prompts`, { schema, signal })).items;
    },
  });
}

interface RollBack {
  name: string;
  alias: string;
  toVersion: number;
  expectedCurrent: number;
  reason: string;
}

/** Moves an alias back to where it was, at once. */
export function rollBackPrompt({ name, alias, ...body }: RollBack): Promise<PromptView> {
  return apiFetch(`${promptAt(name)}/aliases/${encodeURIComponent(alias)}/rollback`, {
    method: "POST",
    body,
    schema: promptSchema,
  });
}

/** A prompt with its first version; nothing points at it yet. */
export function useCreatePrompt(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: NewPromptDraft): Promise<PromptView> =>
      apiFetch(`${projectAt(projectId)}/prompts`, {
        method: "POST",
        body,
        idempotencyKey: key,
        schema: promptSchema,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["prompts", projectId] }),
  });
}

interface NewPromptDraft {
  name: string;
  components: Record<string, string>;
  layout: string[];
  /** One a press: a repeated try after a lost answer makes no second prompt. */
  key: string;
}

/** Prompts as they are now, and rolling back. */
export function usePrompts(projectId: string, initial: PromptView[]) {
  const client = useQueryClient();
  const options = promptsOptions(projectId);
  const { data: prompts } = useSeededQuery(options, initial);
  const rollBack = useMutation({
    mutationFn: rollBackPrompt,
    // What is in production is asked for, not guessed from an answer that another move may have overtaken.
    onSettled: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
  return { prompts, rollBack };
}

/** What an alias pointed at at a moment; null = it did not exist yet. */
export async function liveAt(name: string, alias: string, at: number) {
  const schema = z.object({ items: z.array(aliasEventSchema), liveAt: aliasEventSchema.nullable() });
  return (
    await apiFetch(`${promptAt(name)}/aliases/${encodeURIComponent(alias)}/history`, {
      query: { at },
      schema,
    })
  ).liveAt;
}

/** Asks one question of one or two prompt texts; nothing is kept. */
export function askBoth(projectId: string, input: TryQuestionInput) {
  return apiFetch(`${projectAt(projectId)}/try`, { method: "POST", body: input, schema: triedSchema });
}

/** Keeps a tried question as a record. What a good answer does is written on the record's page. */
export function saveAsRecord(
  projectId: string,
  tried: { question: string; fields: Record<string, string> },
  key: string,
) {
  const { question, fields } = tried;
  const body = createRecordInput.parse({
    inputs: { messages: [{ role: "user", content: question }], fields },
  });
  return apiFetch(`${projectAt(projectId)}/records`, {
    method: "POST",
    body,
    idempotencyKey: key,
    schema: savedRecordSchema,
  });
}
