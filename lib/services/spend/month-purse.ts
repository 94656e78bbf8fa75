import "server-only";
import type { Repos } from "@/db/repos/create-repos";
import { SPEND_STOP } from "@/lib/contracts/spend";
import { JobPause } from "../jobs/job-types";

/** The next call could pass the cap of the month, so it was not made. The job waits; nothing of it is lost. */
export class SpendStopped extends JobPause {}

/** Money set aside for one call in the air. */
export interface Reservation {
  /** The most a flight of it can cost, in USD; null where no price is known. */
  heldUsd: number | null;
  /** A flight ended and nobody told what it cost: it counts as the most it can have been. */
  assume(): void;
  /** The call is over, and cost this much beyond what was assumed. The first word counts. */
  settle(usd: number): void;
}

export interface MonthPurse {
  /**
   * Sets aside what a call of a job costs at most, before it flies.
   * @param worstUsd null where no price is known
   * @throws SpendStopped
   */
  reserve(jobId: string, worstUsd: () => number | null): Reservation;
  /** The same for a call that belongs to no job. @throws SpendStopped */
  reserveFor(projectId: string, worstUsd: () => number | null): Reservation;
  /** What is left this month, in USD; null without a cap. */
  left(projectId: string): number | null;
}

interface Month {
  name: string;
  spent: number;
  reserved: number;
}

/** Where the month begins that a moment lies in, UTC. */
export function monthStart(at: number): number {
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
}

/**
 * Keeps every project within its cap for the month (UTC). What is stored is counted once and kept up to date from then
 * on, since this process makes all calls; flights hold a reservation of the most they can cost.
 */
export function createMonthPurse(
  repos: Pick<Repos, "jobs" | "projects" | "spend">,
  now: () => number,
): MonthPurse {
  const months = new Map<string, Month>();
  const monthOf = (projectId: string): Month => {
    const name = new Date(now()).toISOString().slice(0, 7);
    const known = months.get(projectId);
    if (known?.name === name) return known;
    const spent = repos.spend.since(projectId, monthStart(now()));
    const month = { name, spent, reserved: known?.reserved ?? 0 };
    months.set(projectId, month);
    return month;
  };
  const capOf = (projectId: string): number | null =>
    repos.projects.byId(projectId)?.settings.monthlyCapUsd ?? null;

  const reserveFor = (projectId: string, worstUsd: () => number | null): Reservation => {
    // Before the call is noted: what is noted then is not in the sum that is read here.
    const { spent, reserved } = monthOf(projectId);
    const cap = capOf(projectId);
    const heldUsd = worstUsd();
    if (cap !== null && heldUsd === null) throw new SpendStopped(noPrice(cap));
    const held = heldUsd ?? 0;
    if (cap !== null && spent + reserved + held > cap) throw new SpendStopped(usedUp(cap, spent, held));
    monthOf(projectId).reserved += held;
    let isSettled = false;
    return {
      heldUsd,
      assume: () => {
        monthOf(projectId).spent += held;
      },
      settle: (usd) => {
        if (isSettled) return;
        isSettled = true;
        const month = monthOf(projectId);
        month.reserved = Math.max(0, month.reserved - held);
        month.spent += usd;
      },
    };
  };

  return {
    reserveFor,
    reserve: (jobId, worstUsd) => {
      const projectId = repos.jobs.byId(jobId)?.projectId ?? null;
      return projectId === null ? FREE : reserveFor(projectId, worstUsd);
    },
    left: (projectId) => {
      const cap = capOf(projectId);
      if (cap === null) return null;
      const { spent, reserved } = monthOf(projectId);
      return Math.max(0, cap - spent - reserved);
    },
  };
}

/** For what costs nothing, or belongs to no project. */
export const FREE: Reservation = { heldUsd: null, assume: () => undefined, settle: () => undefined };

function usedUp(cap: number, spent: number, worst: number): string {
  const next = worst > 0 ? `, and the next call could cost $${worst.toFixed(4)}` : "";
  return `${SPEND_STOP}, $${cap.toFixed(2)}, is used up: $${spent.toFixed(4)} are spent${next}. Nothing is lost. It goes on by itself when an admin raises the cap (Settings, Spend), or with Resume next month.`;
}

function noPrice(cap: number): string {
  return `${SPEND_STOP}, $${cap.toFixed(2)}, cannot be kept: no price is known for the model or agent that is asked. Nothing was sent. Give its price (Settings, Connections or Your agent), or take the cap away (Settings, Spend), then press Resume.`;
}
