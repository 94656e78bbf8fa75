import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { LlmError } from "@/lib/llm";
import type { KeyedChatRequest, ModelRef } from "@/lib/rollouts/model-caller";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";

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
  const { maxUsd } = run.manifest;
  if (maxUsd === null) return models;
  let spent = repos.paidCalls.totals(run.jobId).reduce((all, { costUsd }) => all + (costUsd ?? 0), 0);
  let inFlight = 0;
  let reserved = 0;
  let wake: (() => void)[] = [];
  let isShut = repos.runEvents
    .listInputs(run.id)
    .some(({ input }) => input.kind === "stop" && input.reason === "money");

  const shut = (): LlmError => {
    if (!isShut) {
      const input = { kind: "stop", reason: "money" } as const;
      repos.runEvents.addInput({
        id: newId("inp"),
        runId: run.id,
        input,
        actorId: "system:caps",
        createdAt: now(),
      });
    }
    isShut = true;
    return new LlmError({
      kind: "bad-request",
      isRetryable: false,
      message: `This call could have passed the money cap of $${maxUsd}, so it was not made.`,
    });
  };

  /** Flights usually cost far less than their worst case: what they leave over is waited for before a call is refused. */
  const reserve = async (worst: number): Promise<void> => {
    while (!isShut && inFlight > 0 && spent + reserved + worst > maxUsd) {
      await new Promise<void>((resolve) => wake.push(resolve));
    }
    if (isShut || spent + reserved + worst > maxUsd) throw shut();
    inFlight += 1;
    reserved += worst;
  };

  return {
    ...models,
    call: async (ref, request, signal) => {
      if (repos.paidCalls.find(run.jobId, request.callKey)) return models.call(ref, request, signal);
      const worst = worstUsd(repos, ref, request);
      await reserve(worst);
      try {
        const reply = await models.call(ref, request, signal);
        spent += reply.costUsd ?? worst;
        return reply;
      } finally {
        inFlight -= 1;
        reserved = inFlight === 0 ? 0 : reserved - worst;
        const waiting = wake;
        wake = [];
        for (const resolve of waiting) resolve();
      }
    },
  };
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
