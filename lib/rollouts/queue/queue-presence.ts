import { type Hello, workerSchema } from "./protocol";
import type { QueueExecutor } from "./queue-executor";
import type { QueueLink } from "./queue-link";
import type { Seal } from "./snapshots";
import { WorkerCensus } from "./worker-census";

const TICK_MS = 1_000;
/** A server that is silent for so long is gone, for workers that start. */
const HELLO_SECONDS = 15;
/** Rollouts wait so long for a first worker before a person is told. */
const NO_WORKER_MS = 10_000;

export const REDIS_AWAY =
  "The queue (Redis, REDIS_URL) cannot be reached. What was asked is kept; it goes on by itself when Redis is back.";
export const NO_WORKER =
  "No worker is running. Start one with “npm run worker” on any machine; it goes on by itself then.";

export interface QueuePresenceOptions {
  hello: Hello;
  seal: Seal;
  now(): number;
  onError(error: Error): void;
}

/** Tells workers of the server, and the server of its workers. */
export class QueuePresence {
  private readonly census = new WorkerCensus();
  private timer: NodeJS.Timeout | undefined;
  private isReachable = false;
  private counts = { waiting: 0, active: 0 };
  private lackedSince: number | null = null;

  constructor(
    private readonly options: QueuePresenceOptions,
    private readonly executor: QueueExecutor,
  ) {}

  start(link: QueueLink): void {
    let isBusy = false;
    const tick = async (): Promise<void> => {
      if (isBusy || link.redis.status !== "ready") return;
      isBusy = true;
      await this.exchange(link).catch(this.options.onError);
      isBusy = false;
    };
    this.timer = setInterval(() => void tick(), TICK_MS);
    this.timer.unref();
    void tick();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  onReachable(isReachable: boolean): void {
    this.isReachable = isReachable;
    this.lackedSince = null;
    this.executor.outages.set(isReachable ? null : REDIS_AWAY);
    if (isReachable) this.executor.onReachable();
  }

  stats(now: number) {
    return { isReachable: this.isReachable, ...this.counts, workers: this.census.list(now) };
  }

  private async exchange({ redis, queue, names }: QueueLink): Promise<void> {
    const { hello, seal, now } = this.options;
    const sealed = seal.seal(JSON.stringify(hello));
    const [, reports, counts] = await Promise.all([
      redis.set(names.server, sealed, "EX", HELLO_SECONDS),
      redis.hgetall(names.workers),
      queue.getJobCounts("wait", "active"),
    ]);
    const read = Object.values(reports).flatMap(
      (text) => workerSchema.safeParse(JSON.parse(text)).data ?? [],
    );
    const gone = this.census.update(read, now());
    if (gone.length > 0) await redis.hdel(names.workers, ...gone);
    this.counts = { waiting: counts.wait ?? 0, active: counts.active ?? 0 };
    this.lookForWorkers();
  }

  private lookForWorkers(): void {
    const now = this.options.now();
    if (this.census.hasLive(now) || !this.executor.outages.hasWaiters()) this.lackedSince = null;
    else this.lackedSince ??= now;
    if (!this.isReachable) return;
    const isLacking = this.lackedSince !== null && now - this.lackedSince > NO_WORKER_MS;
    this.executor.outages.set(isLacking ? NO_WORKER : null);
  }
}
