import "server-only";
import { mkdirSync } from "node:fs";
import type { Logger } from "pino";
import { openDatabase } from "@/db/client";
import { acquireLock, type DatabaseLock } from "@/db/lock";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import { createFairPool, createGuardedFetch, type FetchLike } from "@/lib/llm";
import { createSandboxHandler, type SandboxHandler } from "@/lib/sandbox/handler";
import { createSandboxFetch } from "@/lib/sandbox/sandbox-fetch";
import { createEventBus } from "@/lib/streaming/event-bus";
import { newId } from "@/lib/util/new-id";
import { singleton } from "@/lib/util/singleton";
import { connectionSpecOf } from "./connections/connection-spec";
import { ensureOwnConnections } from "./connections/own-connections";
import { dataPath, type Env, isLoopbackHost, readEnv } from "./env";
import { createJobRunner } from "./jobs/job-runner";
import type { JobRunner } from "./jobs/job-types";
import { createEmbeddingsFor } from "./judges/embeddings";
import { finishKeyChange } from "./key-change";
import { createLog } from "./log";
import { createMailer, type Mailer } from "./mail/mailer";
import { createModelGateway, type ModelGateway } from "./models/model-gateway";
import { createSecretBox, readServerSecret, type SecretBox } from "./secrets";
import type { ServiceDeps } from "./service-deps";
import { createServices, type Services } from "./services";
import { createMonthPurse } from "./spend/month-purse";
import { startSteadyTimer } from "./steady-timer";
import { openQueue } from "./workers/open-queue";

const MAX_RUNNING_JOBS = 16;
const CHECKPOINT_MS = 300_000;
const DRAIN_MS = 8_000;

export interface Container {
  deps: ServiceDeps;
  services: Services;
  sandbox: SandboxHandler;
  /** Takes interrupted jobs up again. Once, when the server is ready. */
  start(): void;
  /** Begins nothing new and gives what is in flight 8 s, then stops as at a kill. The database stays open. */
  drain(): Promise<void>;
  /** Drains, closes the database and gives its lock back. */
  close(): Promise<void>;
}

export interface ContainerOptions {
  env: Env;
  /** A file, or ":memory:". Default: `touchstone.db` in the data folder, held under the lock of the one owner. */
  databaseFile?: string;
  migrationsFolder?: string;
  /** Another seed is another world of luck for the simulated models. Default "touchstone". */
  sandboxSeed?: string;
  /** Stands between the services and the simulated models, for tests that count or cut calls. */
  wrapSandboxFetch?: (fetch: FetchLike) => FetchLike;
  /** Rollouts go to the queue of REDIS_URL, where it is set. Of one Redis one process may be the server: not a command. */
  takesWorkers?: boolean;
  /** Instead of the mail server of SMTP_URL, for tests. */
  mailer?: Mailer;
}

/** The composition root: the one place that reads env, opens the database and constructs clients. */
export function createContainer(options: ContainerOptions): Container {
  const { env } = options;
  const file = options.databaseFile ?? dataPath(env, "touchstone.db");
  if (file !== ":memory:") mkdirSync(dataPath(env), { recursive: true, mode: 0o700 });
  const lock = options.databaseFile === undefined ? lockOf(env) : null;
  const database = openDatabase(file, {
    ...(options.migrationsFolder ? { migrationsFolder: options.migrationsFolder } : {}),
  });
  const log = createLog(env);
  const repos = createRepos(database);
  const secrets = secretsOf(env, file, repos, log);
  const bus = createEventBus((error) => log.error({ err: error }, "a listener of the event bus threw"));
  const networks = networksOf(options);
  const { sandbox, sandboxFetch, guardedFetch: agentFetch } = networks;
  const now = (): number => Date.now();
  const models = modelsOf(repos, secrets, networks, now);
  const jobs = jobRunnerOf({ repos, models, bus, log, now });
  const queue =
    options.takesWorkers && env.REDIS_URL
      ? openQueue({ env, secrets, log, now, newId }, env.REDIS_URL, createEmbeddingsFor({ repos, models }))
      : null;
  const deps: ServiceDeps = { env, repos, bus, jobs, models, secrets, agentFetch, queue, log, now, newId };
  ensureOwnConnections(deps);
  const services = createServices(deps, {
    database,
    fetch: agentFetch,
    sandboxFetch,
    queued: queue?.executor ?? null,
    mailer: options.mailer ?? createMailer(env),
  });
  const outboxes = [services.webhookDeliveries, services.mlflowPushes, services.retention];
  const stopCheckpoints = startSteadyTimer(log, database.checkpoint, CHECKPOINT_MS);
  const drain = async (): Promise<void> => {
    for (const outbox of outboxes) outbox.stop();
    services.purge.stop();
    await jobs.shutdown(DRAIN_MS);
  };
  return {
    deps,
    services,
    sandbox,
    start: () => {
      // what is left of deleted projects is not taken up again
      services.purge.start();
      jobs.start();
      for (const outbox of outboxes) outbox.start();
    },
    drain,
    close: async () => {
      stopCheckpoints();
      await drain();
      await queue?.close();
      database.close();
      lock?.release();
    },
  };
}

function modelsOf(
  repos: Repos,
  secrets: SecretBox,
  { sandboxFetch, guardedFetch }: ReturnType<typeof networksOf>,
  now: () => number,
): ModelGateway {
  return createModelGateway({
    connectionSpec: (connectionId) =>
      connectionSpecOf(repos.connections.byId(connectionId), secrets, connectionId),
    fetchFor: (spec) => (spec.kind === "simulated" ? sandboxFetch : guardedFetch),
    pool: createFairPool(64),
    paidCalls: repos.paidCalls,
    spend: repos.spend,
    commit: repos.commit,
    purse: createMonthPurse(repos, now),
    now,
    newId,
  });
}

function jobRunnerOf(deps: Pick<ServiceDeps, "repos" | "models" | "bus" | "log" | "now">): JobRunner {
  const { repos, models, bus, log, now } = deps;
  return createJobRunner({
    store: repos.jobs,
    now,
    maxRunning: MAX_RUNNING_JOBS,
    logError: (error, job) => log.error({ err: error, jobId: job.id, kind: job.kind }, "a job failed"),
    logTrouble: (error) =>
      log.warn({ err: error }, "the storage refused a write of the job runner; trying again"),
    flightsOf: models.flightsOf,
    onChange: (jobId) => bus.publish(`job:${jobId}`, { seq: now(), isUrgent: true, item: null }),
  });
}

/** How calls leave: to the simulated models without a network, to all others by a fetch that checks addresses. */
function networksOf({ env, sandboxSeed, wrapSandboxFetch }: ContainerOptions) {
  const sandbox = createSandboxHandler({
    seed: sandboxSeed ?? "touchstone",
    delayMs: env.TOUCHSTONE_SANDBOX_DELAY_MS,
    apiKey: null,
  });
  const plain = createSandboxFetch(sandbox);
  const guardedFetch = createGuardedFetch({
    allowPrivate: isLoopbackHost(env.HOST),
    allowHosts: env.TOUCHSTONE_ALLOW_HOSTS,
  });
  return { sandbox, sandboxFetch: wrapSandboxFetch?.(plain) ?? plain, guardedFetch };
}

/** A change of the key that was interrupted is ended before anything is opened. */
function secretsOf(env: Env, file: string, repos: Repos, log: Logger): SecretBox {
  if (file === ":memory:") return createSecretBox(env.TOUCHSTONE_SECRET ?? "in-memory-database-only");
  const change = finishKeyChange(env, repos, readServerSecret(env));
  if (change) log.warn(change, "a change of the key was interrupted and is now done");
  return createSecretBox(readServerSecret(env));
}

function lockOf(env: Env): DatabaseLock {
  return acquireLock(dataPath(env), { pid: process.pid, host: env.HOST, port: env.PORT, since: Date.now() });
}

/** The server's container, made at the first request or at start, whichever comes first. */
export function getContainer(): Container {
  return singleton("container", () => createContainer({ env: readEnv(), takesWorkers: true }));
}

export function getServices(): Services {
  return getContainer().services;
}
