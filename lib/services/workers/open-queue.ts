import "server-only";
import type { EmbeddingModel } from "@/lib/judge";
import { openRolloutQueue, type RolloutQueue } from "@/lib/rollouts/queue/rollout-queue";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { type Env, isLoopbackHost } from "../env";
import type { ServiceDeps } from "../service-deps";
import { sourcesVersion } from "./sources-version";

/** First part of all keys in Redis. */
export const QUEUE_PREFIX = "touchstone";

/** The queue of rollouts where `REDIS_URL` is set. Workers are told the server's own policy of addresses. */
export function openQueue(
  { env, secrets, log, now, newId }: Pick<ServiceDeps, "secrets" | "log" | "now" | "newId"> & { env: Env },
  url: string,
  embeddingsFor: (judge: RolloutJudge) => EmbeddingModel | null,
): RolloutQueue {
  let lastWords = "";
  return openRolloutQueue({
    url,
    prefix: QUEUE_PREFIX,
    hello: {
      epoch: newId("srv"),
      version: sourcesVersion(),
      allowPrivate: isLoopbackHost(env.HOST),
      allowHosts: env.TOUCHSTONE_ALLOW_HOSTS,
    },
    seal: secrets,
    embeddingsFor,
    now,
    onOutage: (cause) =>
      cause === null ? log.info("the queue goes on") : log.warn({ cause }, "the queue does not go on"),
    // A connection that is tried twice a second would fill the log with the same words.
    onError: (error) => {
      if (error.message === lastWords) return;
      lastWords = error.message;
      log.warn({ err: error }, "trouble with Redis");
    },
  });
}
