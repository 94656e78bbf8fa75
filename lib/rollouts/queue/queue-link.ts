import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { connectRedis } from "./connect";
import { namesOf, QUEUE_NAME, type QueuedResult, type QueuedRollout, type ToWorker } from "./protocol";

export interface LinkListener {
  /** A worker said something. */
  onMessage(text: string): void;
  /** Redis can be reached (again), or it cannot. */
  onReachable(isReachable: boolean): void;
}

export interface LinkOptions {
  url: string;
  prefix: string;
  onError(error: Error): void;
}

/** A blip shorter than this pauses nobody. */
const AWAY_AFTER_MS = 500;

/** The server's connections to Redis: the queue, and the channel of the workers. */
export class QueueLink {
  readonly names: ReturnType<typeof namesOf>;
  private away: NodeJS.Timeout | undefined;

  private constructor(
    readonly redis: Redis,
    private readonly subscriber: Redis,
    readonly queue: Queue<QueuedRollout, QueuedResult>,
    private readonly listener: LinkListener,
    prefix: string,
  ) {
    this.names = namesOf(prefix);
    // After whoever opens it has it.
    queueMicrotask(() => this.listen());
  }

  /** Does not wait for Redis: the listener is told when it is there. */
  static async open({ url, prefix, onError }: LinkOptions, listener: LinkListener): Promise<QueueLink> {
    const { Queue } = await import("bullmq");
    const redis = await connectRedis(url, onError);
    const subscriber = await connectRedis(url, onError);
    const queue = new Queue<QueuedRollout, QueuedResult>(QUEUE_NAME, {
      connection: redis,
      prefix,
      skipVersionCheck: true,
      skipWaitingForReady: true,
    });
    queue.on("error", onError);
    return new QueueLink(redis, subscriber, queue, listener, prefix);
  }

  readonly send = (worker: string, message: ToWorker): void =>
    this.publish(this.names.toWorker(worker), message);

  sendToAll(message: ToWorker): void {
    this.publish(this.names.toAll, message);
  }

  async close(): Promise<void> {
    clearTimeout(this.away);
    await this.queue.close().catch(() => undefined);
    for (const one of [this.redis, this.subscriber]) one.disconnect();
  }

  /** Lost when Redis is away: workers ask again. */
  private publish(channel: string, message: ToWorker): void {
    if (this.redis.status !== "ready") return;
    this.redis.publish(channel, JSON.stringify(message)).catch(() => undefined);
  }

  private listen(): void {
    const { redis, subscriber, listener } = this;
    subscriber.on("message", (_channel: string, text: string) => listener.onMessage(text));
    subscriber.subscribe(this.names.toServer).catch(() => undefined);
    redis.on("ready", () => {
      clearTimeout(this.away);
      this.away = undefined;
      listener.onReachable(true);
    });
    const leave = (): void => {
      this.away ??= setTimeout(() => listener.onReachable(false), AWAY_AFTER_MS);
    };
    redis.on("close", leave);
    if (redis.status === "ready") listener.onReachable(true);
    else leave();
  }
}
