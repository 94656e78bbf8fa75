import "server-only";
import { CalledOff, LlmError, type LlmErrorKind } from "@/lib/llm";
import type { JobModels } from "../models/model-gateway";
import { SpendStopped } from "../spend/month-purse";
import type { JobContext } from "./job-types";

/** Trouble of the connection, not of one answer: to go on would only turn every answer into a failure. */
const CONNECTION_TROUBLE: ReadonlySet<LlmErrorKind> = new Set([
  "auth",
  "not-found",
  "unreachable",
  "circuit-open",
  "rate-limited",
  "server",
]);

/** An agent that fails on one question is no trouble of the connection: other questions may go well. */
const AGENT_TROUBLE: ReadonlySet<LlmErrorKind> = new Set([
  "auth",
  "not-found",
  "unreachable",
  "rate-limited",
]);

/**
 * Models that park the job when their connection is in trouble, or the month's cap is used up, and ask again when it is resumed. Before each new
 * call a requested pause is honoured, again when the call has waited for its place, so that nothing new starts while
 * flights land.
 */
export function createPausingModels(
  models: JobModels,
  context: Pick<JobContext, "whilePaused" | "isHeld" | "onHeld" | "pause" | "waitOut" | "signal">,
): JobModels {
  const mayStart = (): void => {
    if (context.isHeld()) throw new CalledOff("The job is paused.");
  };
  const patiently = async <Reply>(
    ask: () => Promise<Reply>,
    trouble: ReadonlySet<LlmErrorKind> = CONNECTION_TROUBLE,
  ): Promise<Reply> => {
    for (;;) {
      await context.whilePaused();
      try {
        return await ask();
      } catch (error) {
        if (error instanceof CalledOff) continue; // asked again when the pause is over
        const isTrouble = error instanceof LlmError && trouble.has(error.kind);
        if (!isTrouble && !(error instanceof SpendStopped)) throw error;
        context.pause(error.message);
      }
    }
  };
  return {
    call: (ref, request, signal, elsewhere) =>
      patiently(() => models.call(ref, request, signal, elsewhere, mayStart)),
    agent: (ask, buy, signal) => patiently(() => models.agent(ask, buy, signal), AGENT_TROUBLE),
    embed: (ref, callKey, texts, signal) => patiently(() => models.embed(ref, callKey, texts, signal)),
    waitOut: context.waitOut,
    onHeld: context.onHeld,
  };
}
