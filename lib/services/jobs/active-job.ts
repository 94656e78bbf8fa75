import type { Job } from "@/db/repos/jobs.repo";

interface PauseHooks {
  onPause(cause: string): void;
  onResume(): void;
}

/** A job that this process is working on. Several parts of it may wait for the end of one pause. */
export class ActiveJob {
  readonly abort = new AbortController();
  finished: Promise<void> = Promise.resolve();
  private cause: string | null = null;
  private isDraining = false;
  private readonly waiting = new Set<() => void>();
  private readonly listeners = new Set<(over: Promise<void>) => void>();
  /** Of the pause that is on. */
  private over: PromiseWithResolvers<void> | null = null;

  constructor(
    readonly job: Job,
    private readonly hooks: PauseHooks,
  ) {}

  isPauseRequested(): boolean {
    return this.cause !== null;
  }

  /** Nothing new may start in it. */
  isHeld(): boolean {
    return this.cause !== null || this.isDraining;
  }

  /** Tells of each pause once it is on. @returns ends the telling */
  onHeld(listener: (over: Promise<void>) => void): () => void {
    this.listeners.add(listener);
    if (this.over) listener(this.over.promise);
    return () => void this.listeners.delete(listener);
  }

  /** Why a pause is asked for or on; null when none is. */
  pauseCause(): string | null {
    return this.cause;
  }

  /** The first cause stands until the job is resumed. */
  requestPause(cause: string): void {
    this.cause ??= cause;
  }

  /** The server is stopping: nothing new starts in it, until it is aborted. The table does not learn of it. */
  drain(): void {
    this.isDraining = true;
  }

  /** Some part of it waits, so a job without calls in flight does nothing more. */
  isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  resume(): void {
    this.cause = null;
    if (this.isDraining) return;
    if (this.waiting.size === 0) return;
    this.hooks.onResume();
    for (const wake of [...this.waiting]) wake();
    this.over?.resolve();
    this.over = null;
  }

  private begin(cause: string): void {
    this.hooks.onPause(cause);
    if (this.over) return;
    this.over = Promise.withResolvers();
    for (const listener of this.listeners) listener(this.over.promise);
  }

  /** Resolves at once, or when a requested pause is over; rejects with the abort's reason. */
  async whilePaused(): Promise<void> {
    const { signal } = this.abort;
    signal.throwIfAborted();
    if (this.cause === null && !this.isDraining) return;
    if (this.waiting.size === 0 && this.cause !== null) this.begin(this.cause);
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener("abort", stop);
      };
      const wake = (): void => {
        leave();
        resolve();
      };
      const stop = (): void => {
        leave();
        reject(signal.reason);
      };
      this.waiting.add(wake);
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}
