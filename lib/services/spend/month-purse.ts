import "server-only";
import type { Repos } from "@/db/repos/create-repos";
import { AppError } from "@/lib/contracts/errors";
import { SPEND_STOP } from "@/lib/contracts/spend";
import { JobPause } from "../jobs/job-types";

/** The next call could pass the cap of the month, so it was not made. The job waits; nothing of it is lost. */
export class SpendStopped extends JobPause {}

/** Called with what a call cost in the end; null = it was not made, or does not tell. The first word counts. */
export type Settle = (costUsd: number | null) => void;

export interface MonthPurse {
  /**
   * Sets aside what a call costs at most, before it flies.
   * @param worstUsd null where no price is known
   * @throws SpendStopped
   */
  reserve(jobId: string, worstUsd: () => number | null): Settle;
  /** Throws `not-ready` when nothing is left; for calls that belong to no job. */
  assertLeft(projectId: string): void;
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
  repos: Pick<Repos, "jobs" | "projects" | "paidCalls">,
  now: () => number,
): MonthPurse {
  const months = new Map<string, Month>();
  const monthOf = (projectId: string): Month => {
    const name = new Date(now()).toISOString().slice(0, 7);
    const known = months.get(projectId);
    if (known?.name === name) return known;
    const spent = repos.paidCalls.spentSince(projectId, monthStart(now()));
    const month = { name, spent, reserved: known?.reserved ?? 0 };
    months.set(projectId, month);
    return month;
  };
  const capOf = (projectId: string): number | null =>
    repos.projects.byId(projectId)?.settings.monthlyCapUsd ?? null;
  const assertFits = (projectId: string, cap: number, worst: number): void => {
    const { spent, reserved } = monthOf(projectId);
    if (spent + reserved + worst > cap) throw new SpendStopped(usedUp(cap, spent, worst));
  };

  return {
    assertLeft: (projectId) => {
      const cap = capOf(projectId);
      if (cap === null) return;
      const { spent, reserved } = monthOf(projectId);
      if (spent + reserved >= cap) throw new AppError("not-ready", usedUp(cap, spent, 0));
    },
    reserve: (jobId, worstUsd) => {
      const projectId = repos.jobs.byId(jobId)?.projectId ?? null;
      if (projectId === null) return () => undefined;
      const cap = capOf(projectId);
      let held = 0;
      if (cap !== null) {
        const worst = worstUsd();
        if (worst === null) throw new SpendStopped(noPrice(cap));
        assertFits(projectId, cap, worst);
        held = worst;
        monthOf(projectId).reserved += held;
      }
      let isSettled = false;
      return (costUsd) => {
        const month = months.get(projectId);
        if (isSettled || !month) return;
        isSettled = true;
        month.reserved = Math.max(0, month.reserved - held);
        // Loaded while this call was in the air: what it cost is not in the sum yet.
        month.spent += costUsd ?? 0;
      };
    },
  };
}

function usedUp(cap: number, spent: number, worst: number): string {
  const next = worst > 0 ? `, and the next call could cost $${worst.toFixed(4)}` : "";
  return `${SPEND_STOP}, $${cap.toFixed(2)}, is used up: $${spent.toFixed(4)} are spent${next}. Nothing is lost. It goes on by itself when an admin raises the cap (Settings, Spend), or with Resume next month.`;
}

function noPrice(cap: number): string {
  return `${SPEND_STOP}, $${cap.toFixed(2)}, cannot be kept: no price is known for the model or agent that is asked. Nothing was sent. Give its price (Settings, Connections or Your agent), or take the cap away (Settings, Spend), then press Resume.`;
}
