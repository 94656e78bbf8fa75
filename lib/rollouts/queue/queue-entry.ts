import type { RolloutOutcome } from "../types";
import type { QueuedRollout, ToWorker } from "./protocol";
import type { QueueLink } from "./queue-link";
import type { RolloutDesk } from "./rollout-desk";

/** A rollout that somebody here waits for. */
export interface Entry {
  desk: RolloutDesk;
  queued: QueuedRollout;
  outcome: Promise<RolloutOutcome>;
  resolve(outcome: RolloutOutcome): void;
  reject(reason: unknown): void;
  /** When a worker last said something of it, or the queue was looked at for it. */
  heardAt: number;
  /** A worker has ended it: none has it any more. */
  isEnded: boolean;
  /** The end of a pause that is on: until then it takes no place. */
  held: Promise<void> | null;
  /** In no queue, on its way back into it. */
  isOut: boolean;
}

/** The key is the job's id: what is in the queue already is not put there twice. */
export async function enqueue({ queued }: Entry, link: QueueLink): Promise<void> {
  await link.queue.add("rollout", queued, { jobId: queued.key });
}

export function restOf({ queued }: Entry): ToWorker {
  return { type: "rest", rollout: queued.key };
}

export function brokenBy(reason: string): Error {
  return new Error(`A worker could not do this rollout: ${reason}`);
}
