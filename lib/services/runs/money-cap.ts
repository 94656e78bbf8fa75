import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { KeyedChatRequest, ModelRef } from "@/lib/rollouts/model-caller";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { createPurse } from "./purse";
import { capsOf } from "./run-caps";

/** Room for the form of a request beside its words, in tokens. */
const TOKENS_A_MESSAGE = 16;
/** ASCII prose has about four characters a token, digits and code fewer; other scripts up to a token a byte. */
const ASCII_CHARS_A_TOKEN = 2;

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
    call: (ref, request, signal, elsewhere) =>
      capped(
        request.callKey,
        () => worstUsd(repos, ref, request),
        () => models.call(ref, request, signal, elsewhere),
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
  const price = repos.connections.byId(ref.connectionId)?.prices[ref.model];
  const output = ref.settings.maxOutputTokens;
  if (!price || output === undefined) {
    throw new Error(`A money cap needs a price and a limit of output tokens for ${ref.model}.`);
  }
  const schema = request.schema ? JSON.stringify(request.schema.schema) : "";
  const input = request.messages.reduce(
    (all, { content }) => all + mostTokens(content) + TOKENS_A_MESSAGE,
    mostTokens(schema),
  );
  return (input * price.inputPerMillion + output * price.outputPerMillion) / 1e6;
}

function mostTokens(text: string): number {
  const bytes = Buffer.byteLength(text);
  const ascii = text.replace(/[^\x20-\x7e\s]/g, "").length;
  return Math.ceil(ascii / ASCII_CHARS_A_TOKEN) + Math.max(0, bytes - ascii);
}
