import type { Job, JobKind } from "@/db/repos/jobs.repo";

export interface JobContext {
  job: Job;
  /** Aborts on cancel and on shutdown. */
  signal: AbortSignal;
  setProgress(progress: { done?: number; total?: number; stage?: string }): void;
  /** Resolves at once, or when a requested pause is over; rejects when the job is cancelled meanwhile. */
  whilePaused(): Promise<void>;
  isPauseRequested(): boolean;
  /** Nothing new may start: a pause is asked for or on, or the server stops. */
  isHeld(): boolean;
  /** Tells of each pause once it is on, with a promise of its end. @returns ends the telling */
  onHeld(listener: (over: Promise<void>) => void): () => void;
  /** Asks for a pause from inside, with a cause that a person can do something about. */
  pause(cause: string): void;
  /**
   * Pauses with a cause that passes by itself: goes on when `over` resolves, or when a person resumes before. Resolves
   * when the pause is over; rejects when the job is cancelled meanwhile.
   */
  waitOut(cause: string, over: Promise<void>): Promise<void>;
}

/** Does the work of one kind of job. Must be able to start again from what it has stored. */
export type JobHandler = (context: JobContext) => Promise<void>;

/** Thrown by a handler to park its job with a cause that a person can do something about. */
export class JobPause extends Error {
  override readonly name = "JobPause";
}

export interface JobRunner {
  register(kind: JobKind, handler: JobHandler): void;
  /** Takes interrupted jobs up again and starts to work. */
  start(): void;
  /** Looks for queued jobs now; called after a job was enqueued. */
  wake(): void;
  /** Starts nothing new in this job, lets flights land. */
  pause(jobId: string, cause: string): void;
  resume(jobId: string): void;
  /** Aborts what is in flight and drops the rest. */
  cancel(jobId: string, cause: string): Promise<void>;
  /** Lets go of a paused job: nothing of it stays in memory, and a resume starts from what is stored. */
  release(jobId: string): Promise<void>;
  isActive(jobId: string): boolean;
  /** Resolves when the job has left the runner; at once when it is not in it. */
  finished(jobId: string): Promise<void>;
  /**
   * Starts nothing new and waits for the calls in flight to land, at most `drainMs`; what has not come back then is
   * cut as at a kill. All jobs resume at the next start.
   */
  shutdown(drainMs: number): Promise<void>;
  stats(): { running: number };
}
