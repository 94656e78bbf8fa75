import type { Redis } from "ioredis";
import type { FetchLike } from "@/lib/llm";
import { connectRedis } from "./connect";
import { type Hello, helloSchema, namesOf, type WorkerReport } from "./protocol";
import { QueueWorker } from "./queue-worker";
import type { Seal } from "./snapshots";

export interface AttendOptions {
  url: string;
  prefix: string;
  id: string;
  /** Name of this machine, for the page. */
  host: string;
  pid: number;
  version: string;
  concurrency: number;
  seal: Seal;
  /** The network under the server's policy of addresses. */
  fetchUnder(policy: Pick<Hello, "allowPrivate" | "allowHosts">): FetchLike;
  now(): number;
  /** One line for whoever watches. */
  say(line: string): void;
}

export interface Attendance {
  /** Null when it was told to stop; else why the server's side does not want it. */
  ended: Promise<string | null>;
  stop(): Promise<void>;
}

const BEAT_MS = 1_000;

/** Waits for the server, checks that both belong together, then works and reports until told to stop. */
export function attendQueue(options: AttendOptions): Attendance {
  return new Attendant(options);
}

class Attendant implements Attendance {
  readonly ended: Promise<string | null>;
  private end!: (refusal: string | null) => void;
  private worker: QueueWorker | null = null;
  private hello: Hello | null = null;
  private beat = 0;
  private lastWords = "";
  private isStopping = false;
  private readonly redis: Promise<Redis>;
  private readonly beating: NodeJS.Timeout;
  private readonly since: number;

  constructor(private readonly options: AttendOptions) {
    this.since = options.now();
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.redis = connectRedis(options.url, (error) => this.sayOnce(`Redis: ${error.message}`));
    let isBusy = false;
    const turn = async (): Promise<void> => {
      if (isBusy) return;
      isBusy = true;
      await this.turn().catch((error: unknown) => this.sayOnce(String(error)));
      isBusy = false;
    };
    this.beating = setInterval(() => void turn(), BEAT_MS);
    void turn();
  }

  async stop(): Promise<void> {
    await this.finish(null);
  }

  private async turn(): Promise<void> {
    const redis = await this.redis;
    if (redis.status !== "ready" || this.isStopping) return;
    const sealed = await redis.get(namesOf(this.options.prefix).server);
    // A server that is away comes back; what is in the air is kept for it.
    if (sealed !== null) {
      const refusal = await this.heed(sealed);
      if (refusal !== null) return this.refuse(redis, refusal);
    } else if (this.hello === null) this.sayOnce("Waiting for a server at this Redis …");
    if (this.worker) await this.report(redis, null);
  }

  /** @returns why this worker may not work for that server; null = it may */
  private async heed(sealed: string): Promise<string | null> {
    const hello = this.open(sealed);
    if (hello === null)
      return "The server at this Redis has another TOUCHSTONE_SECRET. Give the worker the same one.";
    if (hello.version !== this.options.version)
      return `This worker is of version ${this.options.version}, the server of ${hello.version}. Both must run the same sources: bring this machine to the server's version and start the worker again.`;
    const isNew = hello.epoch !== this.hello?.epoch;
    this.hello = hello;
    if (this.worker === null) await this.begin(hello);
    else if (isNew) this.worker.repeatAll();
    return null;
  }

  private open(sealed: string): Hello | null {
    try {
      return helloSchema.parse(JSON.parse(this.options.seal.open(sealed)));
    } catch {
      return null; // sealed under another secret: told apart from nothing else, since nothing else can be done
    }
  }

  private async begin(hello: Hello): Promise<void> {
    const { url, prefix, id, concurrency, seal, fetchUnder, say } = this.options;
    this.worker = await QueueWorker.start({
      url,
      prefix,
      id,
      concurrency,
      seal,
      fetch: fetchUnder(hello),
      onError: (error) => this.sayOnce(`Redis: ${error.message}`),
    });
    say(`Working for the server at this Redis, ${concurrency} rollouts at once.`);
  }

  private async report(redis: Redis, refused: string | null): Promise<void> {
    const { id, host, pid, version, concurrency } = this.options;
    this.beat += 1;
    const report: WorkerReport = {
      id,
      host,
      pid,
      version,
      concurrency,
      since: this.since,
      beat: this.beat,
      running: this.worker?.runningCount ?? 0,
      done: this.worker?.done ?? 0,
      failed: this.worker?.failed ?? 0,
      refused,
    };
    await redis.hset(namesOf(this.options.prefix).workers, id, JSON.stringify(report));
  }

  private async refuse(redis: Redis, refusal: string): Promise<void> {
    await this.report(redis, refusal);
    await this.finish(refusal);
  }

  private async finish(refusal: string | null): Promise<void> {
    if (this.isStopping) return void (await this.ended);
    this.isStopping = true;
    clearInterval(this.beating);
    await this.worker?.close();
    const redis = await this.redis;
    if (refusal === null && redis.status === "ready")
      await redis.hdel(namesOf(this.options.prefix).workers, this.options.id);
    redis.disconnect();
    this.end(refusal);
  }

  /** A connection that is tried twice a second would fill the screen with the same words. */
  private sayOnce(line: string): void {
    if (line === this.lastWords) return;
    this.lastWords = line;
    this.options.say(line);
  }
}
