import type { WorkerReport } from "./protocol";

export interface SeenWorker extends WorkerReport {
  /** Heard of within the last seconds, and at work. */
  isLive: boolean;
}

/** Without a new beat for so long it is taken for dead; its rollouts come back by the queue's own locks. */
const DEAD_AFTER_MS = 6_000;
/** Dead or refused ones stay on the page for a while, so that a person can read why. */
const FORGOTTEN_AFTER_MS = 600_000;

/** Which workers there are, by their beats on this machine's clock: those of other machines may go wrong. */
export class WorkerCensus {
  private readonly seen = new Map<string, { report: WorkerReport; changedAt: number }>();

  /** @returns ids that nobody needs to remember any more */
  update(reports: readonly WorkerReport[], now: number): string[] {
    for (const report of reports) {
      const before = this.seen.get(report.id);
      if (before?.report.beat !== report.beat) this.seen.set(report.id, { report, changedAt: now });
    }
    const gone = [...this.seen].filter(([, { changedAt }]) => now - changedAt > FORGOTTEN_AFTER_MS);
    for (const [id] of gone) this.seen.delete(id);
    return gone.map(([id]) => id);
  }

  /** By name of their machines, the living first. */
  list(now: number): SeenWorker[] {
    return [...this.seen.values()]
      .map(({ report, changedAt }) => ({
        ...report,
        isLive: report.refused === null && now - changedAt < DEAD_AFTER_MS,
      }))
      .sort((a, b) => Number(b.isLive) - Number(a.isLive) || a.host.localeCompare(b.host) || a.pid - b.pid);
  }

  hasLive(now: number): boolean {
    return this.list(now).some(({ isLive }) => isLive);
  }
}
