import type { Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import {
  type ChatRequest,
  type ConnectionSpec,
  createConnectionState,
  createOpenAiModel,
  type FetchLike,
  type LanguageModel,
  NO_RETRY,
  type Timing,
} from "@/lib/llm";
import { createPoolExecutor } from "../pool-executor";
import { connectRedis } from "./connect";
import {
  namesOf,
  QUEUE_NAME,
  type QueuedResult,
  type QueuedRollout,
  type ToServer,
  toWorkerSchema,
} from "./protocol";
import { specOf } from "./queued-rollout";
import { type Seal, SnapshotGone, SnapshotReader } from "./snapshots";
import { WorkerRollout } from "./worker-rollout";

export interface QueueWorkerOptions {
  url: string;
  prefix: string;
  id: string;
  /** Rollouts at work at once. */
  concurrency: number;
  seal: Seal;
  /** Checks addresses as the server told. */
  fetch: FetchLike;
  timing?: Timing;
  onError(error: Error): void;
}

/**
 * A dead worker's rollouts come back after at most lock + interval: under 10 s, with room (measured in
 * docs/scale-out.md). However often: a rollout is not to blame for machines that die.
 */
const LOCK_MS = 4_000;
const STALLED_INTERVAL_MS = 2_000;
const NEVER_GIVE_UP = 1_000_000_000;
/** What nobody took in is kept for a server that was away. */
const KEPT_SECONDS = 2 * 86_400;
const REPEAT_MS = 3_000;
/** Calls in the air get so long to land when the worker is told to stop; others take over what is left. */
const DRAIN_MS = 8_000;
/** Redis may be away, so that nothing can be handed back: what is left comes back by the locks. */
const GIVE_UP_MS = 9_000;
const FLUSH_MS = 250;

/** Takes rollouts from the queue. Holds nothing that another worker could not fetch again. */
export class QueueWorker {
  private readonly running = new Map<string, { rollout: WorkerRollout; result: Promise<QueuedResult> }>();
  private readonly models = new Map<string, Promise<LanguageModel>>();
  private readonly snapshots: SnapshotReader;
  private readonly names: ReturnType<typeof namesOf>;
  private readonly repeating: NodeJS.Timeout;
  private isLeaving = false;
  done = 0;
  failed = 0;

  private constructor(
    private readonly options: QueueWorkerOptions,
    readonly redis: Redis,
    private readonly subscriber: Redis,
    private readonly worker: Worker<QueuedRollout, QueuedResult>,
  ) {
    this.names = namesOf(options.prefix);
    this.snapshots = new SnapshotReader(redis, this.names.snapshot, options.seal);
    this.repeating = setInterval(() => this.repeatAll(), REPEAT_MS);
    worker.on("completed", ({ id }, result) => {
      this.count(result);
      this.send({ type: "done", rollout: id ?? "", result });
    });
  }

  static async start(options: QueueWorkerOptions): Promise<QueueWorker> {
    const { url, prefix, concurrency, onError } = options;
    const { Worker } = await import("bullmq");
    const redis = await connectRedis(url, onError);
    const subscriber = await connectRedis(url, onError);
    // A worker that begins before it can hear would ask in vain for a while.
    const names = namesOf(prefix);
    await subscriber.subscribe(names.toAll, names.toWorker(options.id));
    const worker = new Worker<QueuedRollout, QueuedResult>(QUEUE_NAME, (job) => self.process(job), {
      connection: redis,
      prefix,
      concurrency,
      autorun: false,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_INTERVAL_MS,
      maxStalledCount: NEVER_GIVE_UP,
      maxStartedAttempts: NEVER_GIVE_UP,
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: { age: KEPT_SECONDS },
      skipVersionCheck: true,
    });
    worker.on("error", onError);
    const self = new QueueWorker(options, redis, subscriber, worker);
    subscriber.on("message", (_channel: string, text: string) => self.onMessage(text));
    worker.run().catch(onError);
    return self;
  }

  get runningCount(): number {
    return this.running.size;
  }

  /** Says again what was not answered; at once when the server has started anew. */
  repeatAll(): void {
    for (const { rollout } of this.running.values()) rollout.repeat();
  }

  /**
   * Takes and starts nothing new. What has nothing in the air is handed back at once, what has lands first; after a few
   * seconds the rest is cut off. Others take it all over, with the replies that were bought.
   */
  async close(): Promise<void> {
    clearInterval(this.repeating);
    this.isLeaving = true;
    for (const { rollout } of this.running.values()) rollout.rest();
    const patience = setTimeout(() => {
      for (const { rollout } of this.running.values()) rollout.drop();
    }, DRAIN_MS);
    const closed = this.worker.close().catch(this.options.onError);
    await within(GIVE_UP_MS, closed);
    clearTimeout(patience);
    // Its last words are under way.
    await within(
      FLUSH_MS,
      this.redis.quit().catch(() => undefined),
    );
    for (const one of [this.redis, this.subscriber]) one.disconnect();
  }

  private count(result: QueuedResult): void {
    if (result.status === "dropped") return; // somebody else will end it
    this.done += 1;
    if (result.status === "broken" || result.outcome.status === "failed") this.failed += 1;
  }

  private onMessage(text: string): void {
    const { data: message, error } = toWorkerSchema.safeParse(JSON.parse(text));
    if (error) this.options.onError(error);
    if (message === undefined) return;
    const rollout = this.running.get(message.rollout)?.rollout;
    if (message.type === "drop") rollout?.drop();
    else if (message.type === "rest") rollout?.rest();
    else rollout?.answered(message);
  }

  private async process(job: Job<QueuedRollout, QueuedResult>): Promise<QueuedResult> {
    const { key } = job.data;
    // Taken for dead, and given its own rollout back: it is the same work.
    const known = this.running.get(key);
    if (known) return known.result;
    let spec: Awaited<ReturnType<typeof specOf>>;
    try {
      spec = await specOf(job.data, this.snapshots);
    } catch (error) {
      if (error instanceof SnapshotGone)
        return { status: "dropped", lacksSnapshot: true, inHand: {}, cut: [] };
      throw error;
    }
    const facts = { rollout: key, start: job.attemptsStarted };
    const rollout = new WorkerRollout(spec, facts, job.data.embeddings, {
      worker: this.options.id,
      send: (message) => this.send(message),
      chat: (connection, request, signal) => this.chat(connection, request, signal),
      executorFor: (one) => this.executorFor(one),
    });
    const result = rollout.run();
    this.running.set(key, { rollout, result });
    if (this.isLeaving) rollout.rest();
    return result.finally(() => this.running.delete(key));
  }

  private executorFor(rollout: WorkerRollout) {
    const { fetch, timing } = this.options;
    return createPoolExecutor({
      fetch,
      ...(timing ? { timing } : {}),
      embeddingsFor: (judge) => rollout.embeddingsFor(judge),
    });
  }

  /** One attempt: waiting and repeating are the server's, which knows of all workers. */
  private async chat(connection: string, request: ChatRequest, signal: AbortSignal) {
    const model = this.models.get(connection) ?? this.modelOf(connection);
    this.models.set(connection, model);
    model.catch(() => this.models.delete(connection));
    return (await model).chat(request, signal);
  }

  private async modelOf(connection: string): Promise<LanguageModel> {
    const spec = await this.snapshots.read<ConnectionSpec>(connection, true);
    const never = { failures: Number.POSITIVE_INFINITY, spanMs: 0, openMs: 0 };
    const state = createConnectionState({ maxConcurrency: 1_000_000 }, never);
    const { fetch, timing } = this.options;
    return createOpenAiModel(spec, { fetch, state, retry: NO_RETRY, ...(timing ? { timing } : {}) });
  }

  private send(message: ToServer): void {
    if (this.redis.status !== "ready") return;
    this.redis.publish(this.names.toServer, JSON.stringify(message)).catch(() => undefined);
  }
}

/** Waits for it, but not for ever. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
