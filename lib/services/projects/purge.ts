import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { audit } from "../audit";
import type { ServiceDeps } from "../service-deps";
import { compactFile, secondsToCompact } from "../storage/compact";

/** Rows in one write; adapted so that a write takes about `STEP_MS`. */
const ROWS = { least: 20, first: 100, most: 1_000 } as const;
const STEP_MS = 15;
/** Others get as long a turn as a step took, and no longer than this. */
const LONGEST_TURN_MS = 100;
const RETRY_MS = 60_000;
/** Writing the file anew stops everything: by itself only where nobody notices it. */
const UNNOTICED_SECONDS = 1;
const PURGER = { kind: "system", name: "deletion" } as const;

type Deps = Pick<ServiceDeps, "repos" | "jobs" | "log" | "now" | "newId">;

export interface Purge {
  /** Ends the work of deleted projects at once and goes on deleting what an earlier process began. */
  start(): void;
  /** Stops between two steps. What is left goes at the next start. */
  stop(): void;
  /** A project was just marked as deleted: ends its work, then deletes all of it, in its own time. */
  begin(projectId: string, byName: string): Promise<void>;
  /** When nothing is left to do, or it was stopped. */
  finished(): Promise<void>;
  /** Rows deleted so far, of each project that is being deleted. */
  progress(): { rows: number }[];
}

/**
 * Deletes what belongs to deleted projects, in small writes with turns for others between. The mark on the project is
 * the only state: killed at any moment, it goes on from what is left.
 */
export function createPurge(deps: Deps): Purge {
  const { repos, log } = deps;
  const counts = new Map<string, number>();
  const stopping = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const note = (projectId: string) => (rows: number) => {
    counts.set(projectId, (counts.get(projectId) ?? 0) + rows);
  };
  const purgeAll = async (): Promise<void> => {
    for (let [next] = repos.purge.waiting(); next !== undefined; [next] = repos.purge.waiting()) {
      await purgeProject(deps, next, note(next), stopping.signal);
      counts.delete(next);
    }
  };
  const go = (): void => {
    work = work.then(purgeAll).catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      log.error({ err: error }, "a deleted project could not be removed; it is tried again in a minute");
      timer = setTimeout(go, RETRY_MS).unref();
    });
  };
  return {
    start: () => {
      for (const projectId of repos.purge.waiting())
        void endWork(deps, projectId, "The project was deleted.");
      if (repos.purge.waiting().length > 0) go();
    },
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
    },
    begin: async (projectId, byName) => {
      counts.set(projectId, 0);
      await endWork(deps, projectId, `${byName} deleted the project.`);
      go();
    },
    finished: () => work,
    progress: () => [...counts.values()].map((rows) => ({ rows })),
  };
}

async function endWork({ repos, jobs }: Deps, projectId: string, cause: string): Promise<void> {
  const live = repos.jobs.list(projectId, ["queued", "running", "paused"]);
  await Promise.all(live.map(({ id }) => jobs.cancel(id, cause)));
}

/** Throws the signal's reason when it is stopped. */
async function purgeProject(
  deps: Deps,
  projectId: string,
  note: (rows: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { repos } = deps;
  let rows = repos.purge.forgetAnswers(projectId);
  // what was written while the work ended is found by the next pass
  for (let gone = -1; gone !== 0; ) {
    await endWork(deps, projectId, "The project was deleted.");
    gone = await onePass(deps, projectId, note, signal);
    rows += gone;
  }
  signal.throwIfAborted();
  repos.transaction(() => {
    repos.purge.finish(projectId);
    audit(deps, PURGER, {
      projectId: null,
      action: "project-purged",
      subjectType: "project",
      subjectId: projectId,
      details: { rows },
    });
  });
  await clean(deps, signal);
}

async function onePass(
  { repos }: Deps,
  projectId: string,
  note: (rows: number) => void,
  signal: AbortSignal,
): Promise<number> {
  let rows = 0;
  let limit: number = ROWS.first;
  for (let kind = 0; kind < repos.purge.kinds; ) {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const gone = repos.purge.step(projectId, kind, limit);
    const tookMs = performance.now() - startedAt;
    if (gone === 0) kind += 1;
    else {
      rows += gone;
      note(gone);
      limit = tookMs > STEP_MS ? Math.max(ROWS.least, limit >> 1) : Math.min(ROWS.most, limit << 1);
    }
    await wait(Math.min(LONGEST_TURN_MS, gone === 0 ? 0 : tookMs));
  }
  return rows;
}

/** So that no page of the file keeps the words: of a large file a person does the last of it, on the page *Storage*. */
async function clean(deps: Deps, signal: AbortSignal): Promise<void> {
  const { repos, log } = deps;
  if (secondsToCompact(repos.storage.sizes().bytes) <= UNNOTICED_SECONDS) {
    compactFile(deps);
    return;
  }
  for (let isFirst = true; repos.purge.mergeSearch(isFirst); isFirst = false) {
    signal.throwIfAborted();
    await wait(STEP_MS);
  }
  repos.purge.checkpoint();
  log.info("a deleted project is removed; its pages were overwritten, and the file was not written anew");
}
