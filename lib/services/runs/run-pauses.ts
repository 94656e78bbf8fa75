import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { JobContext } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import type { RunClock } from "./run-clock";
import type { RunJournal } from "./run-journal";

/**
 * The job's context, which tells the journal of each pause once: when the first part of the run begins to wait, with
 * the cause, and when it goes on. Causes from inside (a connection in trouble) are not a person's.
 */
export function tellPauses(
  { repos }: Pick<ServiceDeps, "repos">,
  run: Run,
  context: JobContext,
  journal: RunJournal,
  clock: RunClock,
): JobContext {
  let ownCause: string | null = null;
  let isTold = false;
  const tell = (): void => {
    if (isTold || context.signal.aborted) return;
    isTold = true;
    clock.stop();
    const cause = ownCause ?? repos.jobs.byId(run.jobId)?.cause ?? "Paused by a person.";
    journal.note({ type: "paused", cause, byPerson: ownCause === null });
  };
  const tellResumed = (): void => {
    if (!isTold) return;
    isTold = false;
    ownCause = null;
    clock.go();
    journal.note({ type: "resumed", afterCrash: false, repeatedAfterCrash: 0 });
  };
  const waited = async (wait: () => Promise<void>): Promise<void> => {
    tell();
    await wait();
    tellResumed();
  };
  return {
    ...context,
    pause: (cause) => {
      if (!context.isPauseRequested()) ownCause = cause;
      context.pause(cause);
    },
    whilePaused: async () => {
      if (!context.isPauseRequested()) return context.whilePaused();
      await waited(context.whilePaused);
    },
    waitOut: async (cause, over) => {
      if (!context.isPauseRequested()) ownCause = cause;
      await waited(() => context.waitOut(cause, over));
    },
  };
}

/** The run is taken up anew: after a pause or an error by a person's wish, else after the server had stopped. */
export function noteTakenUp({ repos }: Pick<ServiceDeps, "repos">, run: Run, journal: RunJournal): void {
  const last = repos.runEvents.listByType(run.id, ["paused", "resumed", "run-failed"]).at(-1)?.body.type;
  const afterCrash = last !== "paused" && last !== "run-failed";
  journal.note({ type: "resumed", afterCrash, repeatedAfterCrash: repos.paidCalls.countInFlight(run.jobId) });
}
