"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type PromptChecks, promptChecksSchema } from "@/lib/contracts/prompt-checks";
import { newId } from "@/lib/util/new-id";
import { actAndShow } from "./act-and-show";
import { apiFetch } from "./api-fetch";
import { useSeededQuery } from "./use-seeded-query";

const checksOf = (name: string) => `/api/v1/prompts/${encodeURIComponent(name)}/checks`;
const POLL_MS = 1_000;

/** What a person may do: start a check, or hold, resume and cancel the one that is under way. */
export type CheckAct = "start" | "pause" | "resume" | "cancel";

/** Checks of what is in production; looked at every second while one is at work. */
export function usePromptChecks(initial: PromptChecks) {
  const client = useQueryClient();
  const at = checksOf(initial.promptName);
  const options = queryOptions({
    queryKey: ["prompt-checks", initial.promptName] as const,
    queryFn: ({ signal }) => apiFetch(at, { schema: promptChecksSchema, signal }),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? POLL_MS : false),
  });
  const { data } = useSeededQuery(options, initial);
  const act = useMutation({
    mutationFn: (what: CheckAct) =>
      actAndShow(client, options.queryKey, () =>
        apiFetch(what === "start" ? at : `${at}/${what}`, {
          method: "POST",
          schema: promptChecksSchema,
          ...(what === "start" ? { idempotencyKey: newId("key") } : {}),
        }),
      ),
  });
  return { page: data, act };
}

/** Whether the newest check is not over. */
export function isAtWork({ checks: [latest] }: Pick<PromptChecks, "checks">): boolean {
  return latest !== undefined && ["queued", "running", "paused"].includes(latest.state);
}
