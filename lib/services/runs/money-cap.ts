import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { KeyedChatRequest, ModelRef } from "@/lib/rollouts/model-caller";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { worstChatUsd } from "../spend/worst-cost";
import { createPurse } from "./purse";
import { capsOf } from "./run-caps";

/**
 * Models that never spend more than the run's cap: a call is made only when the cap holds even if the call costs the
 * most it can (its longest possible reply included). The first call that is not made asks the run to stop, and none is
 * made after it, so that a replay meets the same. A reply that is kept is always given.
 */
export function withMoneyCap(
  { repos, now, newId }: Pick<ServiceDeps, "repos" | "now" | "newId">,
  run: Run,
  models: JobModels,
): JobModels {
  if (run.manifest.maxUsd === null) return models;
  const purse = createPurse({
    maxUsd: () => capsOf(repos, run).maxUsd ?? Number.POSITIVE_INFINITY,
    spentUsd: repos.paidCalls.totals(run.jobId).reduce((all, { costUsd }) => all + (costUsd ?? 0), 0),
    isShut: repos.runEvents
      .listInputs(run.id)
      .some(({ input }) => input.kind === "stop" && input.reason === "money"),
    onShut: () => {
      const input = { kind: "stop", reason: "money" } as const;
      const facts = { runId: run.id, input, actorId: "system:caps", createdAt: now() };
      repos.runEvents.addInput({ id: newId("inp"), ...facts });
    },
  });
  const capped = <Reply extends { costUsd: number | null }>(
    callKey: string,
    worstOf: () => number,
    ask: () => Promise<Reply>,
  ): Promise<Reply> => (repos.paidCalls.find(run.jobId, callKey) ? ask() : purse.spend(worstOf(), ask));

  return {
    ...models,
    call: (ref, request, signal, ...rest) =>
      capped(
        request.callKey,
        () => worstUsd(repos, ref, request),
        () => models.call(ref, request, signal, ...rest),
      ),
    agent: (ask, buy, signal) =>
      capped(
        ask.callKey,
        () => agentWorstUsd(ask.maxUsd),
        () => models.agent(ask, buy, signal),
      ),
  };
}

function agentWorstUsd(maxUsd: number | null): number {
  if (maxUsd === null)
    throw new Error("A money cap needs to know what an answer of the agent costs at most.");
  return maxUsd;
}

/** What a call costs at most. Throws when that cannot be known: then no cap may be promised. */
function worstUsd(repos: ServiceDeps["repos"], ref: ModelRef, request: KeyedChatRequest): number {
  const { maxOutputTokens } = ref.settings;
  const prices = repos.connections.byId(ref.connectionId)?.prices;
  const worst = maxOutputTokens === undefined ? null : worstChatUsd(prices, ref, request, maxOutputTokens);
  if (worst === null)
    throw new Error(`A money cap needs a price and a limit of output tokens for ${ref.model}.`);
  return worst;
}
