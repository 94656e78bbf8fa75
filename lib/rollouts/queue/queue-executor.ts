import type { EmbeddingModel } from "@/lib/judge";
import { createFairPool, type FairPool } from "@/lib/llm";
import { orAbort } from "@/lib/util/or-abort";
import type { RolloutHost } from "../rollout-host";
import type { HttpTarget, RolloutExecutor, RolloutJudge, RolloutOutcome, RolloutSpec } from "../types";
import { Outages } from "./outages";
import { queuedResultSchema } from "./outcome-schema";
import { type CallMessage, type QueuedRollout, type ToServer, toServerSchema } from "./protocol";
import { brokenBy, type Entry, enqueue, restOf } from "./queue-entry";
import type { QueueLink } from "./queue-link";
import { queuedOf } from "./queued-rollout";
import { RolloutDesk } from "./rollout-desk";
import { type Seal, SnapshotWriter } from "./snapshots";
import { Throughput } from "./throughput";

export interface QueueExecutorOptions {
  seal: Seal;
  embeddingsFor(judge: RolloutJudge): EmbeddingModel | null;
  now(): number;
  /** Why nothing goes on, once an outage; null when it does again. */
  onOutage(cause: string | null): void;
  /** Trouble of the connection: it is repaired by itself. */
  onError(error: Error): void;
}

interface Opened {
  link: QueueLink;
  snapshots: SnapshotWriter;
  /** Keys of what ended before this process began, and was not taken in. */
  leftOver: ReadonlySet<string>;
}

const SWEEP_MS = 1_000;
/** Nothing heard for so long: the queue is asked, since a message may have been lost. */
const SILENT_MS = 5_000;
/** Jobs get so long after a start to ask again for rollouts that workers still have. */
const STRANGER_MS = 60_000;
const MAX_GIVEN_UP = 10_000;
const OPEN_AGAIN_MS = 1_000;

/** Queues rollouts and answers the workers that do them. */
export class QueueExecutor implements RolloutExecutor {
  readonly throughput = new Throughput();
  readonly outages: Outages;
  private readonly entries = new Map<string, Entry>();
  private readonly rooms = new Map<string, FairPool>();
  private readonly startedAt: number;
  private readonly opened: Promise<Opened>;
  /** Lately ended or given up here: a worker that still has one may drop it. */
  private readonly givenUp = new Set<string>();
  private snapshots: SnapshotWriter | null = null;
  private isStopped = false;
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: QueueExecutorOptions,
    private readonly link: Promise<QueueLink>,
  ) {
    this.startedAt = options.now();
    this.outages = new Outages(options.onOutage);
    this.opened = this.open();
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.sweep);
  }

  /** Redis may have lost what it had: snapshots are put again, and every rollout is looked for. */
  onReachable(): void {
    this.snapshots?.forget();
    for (const entry of this.entries.values()) entry.heardAt = 0;
  }

  async execute(spec: RolloutSpec, host: RolloutHost, signal: AbortSignal): Promise<RolloutOutcome> {
    signal.throwIfAborted();
    const unwatch = this.outages.watch(host);
    let unheld: (() => void) | undefined;
    let entry: Entry | null = null;
    try {
      const opened = await orAbort(this.opened, signal);
      const queued = queuedOf(spec, opened.snapshots, this.options.embeddingsFor);
      const known = this.entries.get(queued.key);
      if (known) return await orAbort(known.outcome, signal);
      entry = this.enter(spec, queued, host, signal, opened);
      if (opened.leftOver.has(queued.key)) await orAbort(this.check(entry, opened), signal);
      else await orAbort(enqueue(entry, opened.link), signal);
      const mine = entry;
      unheld = host.onHeld?.((over) => void this.giveUpPlace(mine, over, opened).catch(this.options.onError));
      return await orAbort(entry.outcome, signal);
    } finally {
      unwatch();
      unheld?.();
      if (entry) void this.leave(entry);
    }
  }

  onMessage(text: string): void {
    const { data: message, error } = toServerSchema.safeParse(JSON.parse(text));
    if (error) this.options.onError(error);
    if (message === undefined) return;
    const entry = this.entries.get(message.rollout);
    if (entry) {
      entry.heardAt = this.options.now();
      if (message.type === "done") this.finish(entry, message.result);
      else this.take(entry, message);
    } else this.ofStranger(message);
  }

  private async open(): Promise<Opened> {
    const link = await this.link;
    const { seal, now } = this.options;
    const snapshots = new SnapshotWriter(link.redis, link.names.snapshot, seal, now);
    this.snapshots = snapshots;
    for (;;) {
      try {
        const leftOver = new Set(await link.redis.zrange(link.queue.toKey("completed"), 0, -1));
        this.sweep = setInterval(() => void this.lookAfterSilent({ link, snapshots, leftOver }), SWEEP_MS);
        this.sweep.unref();
        return { link, snapshots, leftOver };
      } catch (error) {
        if (this.isStopped) throw error;
        const words = error instanceof Error ? error.message : String(error);
        this.outages.set(`The queue (Redis, REDIS_URL) cannot be used: ${words}`);
        await new Promise((resolve) => setTimeout(resolve, OPEN_AGAIN_MS));
      }
    }
  }

  private enter(
    spec: RolloutSpec,
    queued: QueuedRollout,
    host: RolloutHost,
    signal: AbortSignal,
    { link, snapshots }: Opened,
  ): Entry {
    const { promise: outcome, resolve, reject } = Promise.withResolvers<RolloutOutcome>();
    outcome.catch(() => undefined); // whoever executes it gets the rejection itself
    const deps = {
      send: link.send,
      shareConnection: (connection: object) => snapshots.write(connection, true),
      roomOf: (target: HttpTarget) => this.roomOf(target),
      embeddingsFor: this.options.embeddingsFor,
    };
    const desk = new RolloutDesk(spec, queued.key, host, signal, deps, reject);
    this.givenUp.delete(queued.key);
    const entry: Entry = {
      desk,
      queued,
      outcome,
      resolve,
      reject,
      heardAt: this.options.now(),
      isEnded: false,
      held: null,
      isOut: false,
    };
    this.entries.set(queued.key, entry);
    return entry;
  }

  /** Done or given up: nothing of it stays in the queue. */
  private async leave({ queued: { key }, isEnded }: Entry): Promise<void> {
    this.entries.delete(key);
    if (this.isStopped) return;
    this.givenUp.add(key);
    const [oldest] = this.givenUp;
    if (this.givenUp.size > MAX_GIVEN_UP && oldest !== undefined) this.givenUp.delete(oldest);
    const { link } = await this.opened;
    if (!isEnded) link.sendToAll({ type: "drop", rollout: key });
    // A worker may have it still: then its end is looked for when the same is asked again.
    await link.queue.remove(key).catch(() => undefined);
  }

  /** Of a rollout that nobody here waits for: after a start it may still be asked for, later it was given up. */
  private ofStranger(message: ToServer): void {
    const { rollout } = message;
    if (!this.givenUp.has(rollout) && this.options.now() - this.startedAt < STRANGER_MS) return;
    void this.opened.then(({ link }) => {
      if (message.type !== "done") link.send(message.worker, { type: "drop", rollout });
      else link.queue.remove(rollout).catch(() => undefined);
    });
  }

  private finish(entry: Entry, said: unknown, opened?: Opened): void {
    const { data: result, error } = queuedResultSchema.safeParse(said);
    entry.isEnded = result?.status !== "dropped";
    if (result === undefined) entry.reject(brokenBy(error.message));
    else if (result.status === "broken") entry.reject(brokenBy(result.message));
    else if (result.status === "done") {
      this.throughput.note(result.outcome.status === "failed", this.options.now());
      entry.resolve(result.outcome);
    } else {
      entry.desk.handedBack(result);
      if (result.lacksSnapshot) this.snapshots?.forget();
      void this.again(entry, opened);
    }
  }

  private async again(entry: Entry, known?: Opened): Promise<void> {
    if (entry.isOut) return;
    entry.isOut = true;
    const opened = known ?? (await this.opened);
    await opened.link.queue.remove(entry.queued.key).catch(() => undefined);
    while (entry.held) await entry.held;
    // Written again when they are gone.
    queuedOf(entry.desk.spec, opened.snapshots, this.options.embeddingsFor);
    if (this.entries.get(entry.queued.key) === entry)
      await enqueue(entry, opened.link).catch(this.options.onError);
    entry.isOut = false;
  }

  private take(entry: Entry, message: CallMessage): void {
    entry.desk.take(message);
    // A worker that took it just now, or did not hear it the first time.
    if (entry.held && message.type === "ask")
      void this.opened.then(({ link }) => link.send(message.worker, restOf(entry)));
  }

  /** Its job is paused: what waits leaves the queue, and whoever has it hands it back, so that others get the place. */
  private async giveUpPlace(entry: Entry, over: Promise<void>, opened: Opened): Promise<void> {
    entry.held = over;
    entry.desk.isHeld = true;
    void over.then(() => {
      if (entry.held !== over) return;
      entry.held = null;
      entry.desk.isHeld = false;
    });
    const { link } = opened;
    const wasWaiting = (await link.queue.remove(entry.queued.key)) > 0;
    if (wasWaiting && !entry.isEnded) await this.again(entry, opened);
    else if (entry.desk.isHeld) link.sendToAll(restOf(entry));
  }

  private async lookAfterSilent(opened: Opened): Promise<void> {
    if (opened.link.redis.status !== "ready") return;
    const now = this.options.now();
    for (const entry of [...this.entries.values()]) {
      if (now - entry.heardAt < SILENT_MS) continue;
      entry.heardAt = now;
      if (entry.isOut) continue;
      await this.check(entry, opened).catch(this.options.onError);
    }
  }

  /** What the queue knows of it: a message may have been lost, or all of the queue. */
  private async check(entry: Entry, opened: Opened): Promise<void> {
    const job = await opened.link.queue.getJob(entry.queued.key);
    if (!job) return this.again(entry, opened);
    if (job.finishedOn === undefined) return;
    if (job.failedReason) entry.reject(brokenBy(job.failedReason));
    else this.finish(entry, job.returnvalue, opened);
  }

  private roomOf({ versionId, maxConcurrency }: HttpTarget): FairPool {
    const room = this.rooms.get(versionId) ?? createFairPool(maxConcurrency);
    this.rooms.set(versionId, room);
    return room;
  }
}
