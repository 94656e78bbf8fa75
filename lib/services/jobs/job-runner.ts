import "server-only";
import type { Job, JobKind, JobsRepo } from "@/db/repos/jobs.repo";
import { ERASED_CAUSE } from "@/lib/contracts/erasure";
import { storageRefusalOf } from "../storage-trouble";
import { ActiveJob } from "./active-job";
import { type JobContext, type JobHandler, JobPause, type JobRunner } from "./job-types";
import { OwedWrites } from "./owed-writes";

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 20_000;
/** Between two looks, while the server stops, at whether the calls in flight have landed. */
const LANDED_LOOK_MS = 25;
const STOPPING = "The server is stopping.";
const STORAGE_CAUSE =
  "The disk was full, or the database was held by another program, so nothing more could be saved. What was saved is " +
  "kept. Make room, then press Resume.";

export interface JobRunnerDeps {
  store: JobsRepo;
  now(): number;
  /** Jobs at work at the same time; the calls inside them share the server's fair pool. */
  maxRunning: number;
  logError(error: unknown, job: Job): void;
  /** The storage refused a write of the runner's own; it is tried again. */
  logTrouble(error: unknown): void;
  /** Model calls that a job has in flight. */
  flightsOf(jobId: string): number;
  /** After each change of state or progress, for pages that watch. */
  onChange(jobId: string): void;
}

class Cancelled extends Error {}
class ShuttingDown extends Error {}
class Released extends Error {}

/** Runs jobs of the one table inside this process. A job whose handler throws is failed with the error's words. */
export function createJobRunner(deps: JobRunnerDeps): JobRunner {
  return new InProcessJobRunner(deps);
}

class InProcessJobRunner implements JobRunner {
  private readonly handlers = new Map<JobKind, JobHandler>();
  private readonly active = new Map<string, ActiveJob>();
  private readonly owed: OwedWrites;
  private isAccepting = false;

  constructor(private readonly deps: JobRunnerDeps) {
    const isStorageTrouble = (error: unknown): boolean => storageRefusalOf(error) !== null;
    this.owed = new OwedWrites({ isStorageTrouble, onTrouble: deps.logTrouble });
  }

  register(kind: JobKind, handler: JobHandler): void {
    this.handlers.set(kind, handler);
  }

  start(): void {
    const { store, now } = this.deps;
    this.isAccepting = true;
    for (const job of store.listInterrupted(now(), true))
      if (!this.active.has(job.id)) store.requeue(job.id, now());
    this.wake();
  }

  wake(): void {
    this.owed.write("wake", () => this.claimAll());
  }

  private claimAll(): void {
    while (this.isAccepting && this.active.size < this.deps.maxRunning) {
      const job = this.deps.store.claimNext(this.deps.now(), LEASE_MS);
      if (!job) return;
      this.begin(job);
    }
  }

  pause(jobId: string, cause: string): void {
    this.active.get(jobId)?.requestPause(cause);
    this.deps.store.requestPause(jobId, cause, this.deps.now());
    this.deps.onChange(jobId);
  }

  resume(jobId: string): void {
    const entry = this.active.get(jobId);
    if (entry) entry.resume();
    else if (this.deps.store.byId(jobId)?.state === "paused") {
      this.deps.store.requeue(jobId, this.deps.now());
      this.wake();
    }
    this.deps.onChange(jobId);
  }

  async cancel(jobId: string, cause: string): Promise<void> {
    const entry = this.active.get(jobId);
    if (entry) {
      entry.abort.abort(new Cancelled(cause));
      await entry.finished;
    } else {
      this.deps.store.cancel(jobId, cause, this.deps.now());
      this.deps.onChange(jobId);
    }
  }

  async release(jobId: string): Promise<void> {
    const entry = this.active.get(jobId);
    if (!entry || this.deps.store.byId(jobId)?.state !== "paused") return;
    entry.abort.abort(new Released("The job waits for a person, outside of memory."));
    await entry.finished;
  }

  isActive(jobId: string): boolean {
    return this.active.has(jobId);
  }

  finished(jobId: string): Promise<void> {
    return this.active.get(jobId)?.finished ?? Promise.resolve();
  }

  async shutdown(drainMs: number): Promise<void> {
    this.isAccepting = false;
    this.owed.stop();
    const all = [...this.active.values()];
    for (const entry of all) entry.drain();
    const ended = Promise.allSettled(all.map(({ finished }) => finished));
    const looking = setInterval(() => this.stopLanded(), LANDED_LOOK_MS);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([ended, patience]);
    clearTimeout(timer);
    clearInterval(looking);
    for (const entry of this.active.values()) entry.abort.abort(new ShuttingDown(STOPPING));
    await ended;
  }

  /** While draining: jobs whose calls have all come back need not be waited for. */
  private stopLanded(): void {
    for (const entry of this.active.values()) {
      if (!entry.isWaiting() || this.deps.flightsOf(entry.job.id) > 0) continue;
      entry.abort.abort(new ShuttingDown(STOPPING));
    }
  }

  stats(): { running: number } {
    return { running: this.active.size };
  }

  private begin(job: Job): void {
    const handler = this.handlers.get(job.kind);
    if (!handler) {
      this.deps.store.fail(
        job.id,
        `This server does not know how to do a job of kind ${job.kind}.`,
        this.deps.now(),
      );
      return;
    }
    const { store, now, onChange } = this.deps;
    // A run tells it in its journal, and offers the best that it has found.
    if (job.erasedAt !== null && job.kind !== "run") {
      store.fail(job.id, ERASED_CAUSE, now());
      onChange(job.id);
      return;
    }
    const entry = new ActiveJob(job, {
      onPause: (cause) => {
        store.pause(job.id, cause, now());
        onChange(job.id);
      },
      onResume: () => {
        store.requeue(job.id, now());
        store.claim(job.id, now(), LEASE_MS);
      },
    });
    this.active.set(job.id, entry);
    this.deps.onChange(job.id);
    entry.finished = this.run(entry, handler);
  }

  private async run(entry: ActiveJob, handler: JobHandler): Promise<void> {
    const { id } = entry.job;
    const heartbeat = () => void this.deps.store.heartbeat(id, this.deps.now(), LEASE_MS);
    const beat = setInterval(() => this.owed.write(`beat ${id}`, heartbeat), HEARTBEAT_MS);
    try {
      await handler(this.contextOf(entry));
      this.owed.write(id, () => void this.deps.store.finish(id, this.deps.now()));
    } catch (error) {
      this.settle(entry, error);
    } finally {
      clearInterval(beat);
      this.active.delete(id);
      this.deps.onChange(id);
      this.wake();
    }
  }

  /** A job that was stopped with the server stays `running` in the table: the next start takes it up again. */
  private settle({ abort, job }: ActiveJob, error: unknown): void {
    const reason: unknown = abort.signal.reason;
    if (reason instanceof ShuttingDown || reason instanceof Released) return;
    this.owed.write(job.id, this.endOf(job, reason instanceof Cancelled ? reason : error));
  }

  /** How the table learns of an end before the work was done. */
  private endOf(job: Job, error: unknown): () => void {
    const { store, now, logError } = this.deps;
    if (error instanceof Cancelled) return () => void store.cancel(job.id, error.message, now());
    if (error instanceof JobPause) return () => void store.pause(job.id, error.message, now());
    logError(error, job);
    // no fault of the work: what is stored stands, and it goes on from there when somebody has made room
    if (storageRefusalOf(error)) return () => void store.pause(job.id, STORAGE_CAUSE, now());
    const words = error instanceof Error ? error.message : String(error);
    return () => void store.fail(job.id, words, now());
  }

  private contextOf(entry: ActiveJob): JobContext {
    const { store, now, onChange } = this.deps;
    const { job } = entry;
    return {
      job,
      signal: entry.abort.signal,
      setProgress: (progress) => {
        store.setProgress(job.id, progress, now());
        onChange(job.id);
      },
      isPauseRequested: () => entry.isPauseRequested(),
      isHeld: () => entry.isHeld(),
      onHeld: (listener) => entry.onHeld(listener),
      whilePaused: () => entry.whilePaused(),
      pause: (cause) => this.pause(job.id, cause),
      waitOut: async (cause, over) => {
        this.pause(job.id, cause);
        // A pause for another reason is a person's to end.
        void over.then(() => entry.pauseCause() === cause && this.resume(job.id));
        await entry.whilePaused();
      },
    };
  }
}
