import "server-only";
import type { Logger } from "pino";
import type { Repos } from "@/db/repos/create-repos";
import type { FetchLike } from "@/lib/llm";
import type { RolloutQueue } from "@/lib/rollouts/queue/rollout-queue";
import type { EventBus } from "@/lib/streaming/event-bus";
import type { Env } from "./env";
import type { JobRunner } from "./jobs/job-types";
import type { ModelGateway } from "./models/model-gateway";
import type { SecretBox } from "./secrets";

/** What every service may use. Made once by the composition root; tests make their own. */
export interface ServiceDeps {
  env: Env;
  repos: Repos;
  /** Publish only after commit. */
  bus: EventBus;
  jobs: JobRunner;
  models: ModelGateway;
  secrets: SecretBox;
  /** The network of HTTP agents, which checks addresses. */
  agentFetch: FetchLike;
  /** Rollouts over Redis; null where REDIS_URL is not set. */
  queue: Pick<RolloutQueue, "stats"> | null;
  log: Logger;
  /** Milliseconds since 1970. */
  now(): number;
  /** Sortable id, `rec_…`. */
  newId(prefix: string): string;
}
