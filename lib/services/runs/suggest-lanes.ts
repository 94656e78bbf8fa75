import type { Preflight } from "@/lib/contracts/runs";
import type { RunForecast } from "@/lib/stats/forecast";

/** Shorter than this a person waits; longer, more at once may be worth what it costs in learning. */
const LONG_MINUTES = 15;
/** A lane is suggested only when it saves at least this share of the time. */
const WORTH = 0.25;
const CHOICES = [2, 4] as const;
/** Each lane needs edits enough to learn from those before it (engine.md, Lanes). */
const EDITS_A_LANE = 5;

/**
 * How many suggested edits at once would be worth it, at the pace that was measured; null while one at a time is best,
 * or while nothing was measured. It only suggests: the default stays 1, since lanes learn less from each answer.
 */
export function suggestLanes(
  forecastAt: (lanes: number) => Pick<RunForecast, "proposals" | "minutes" | "isLatencyMeasured">,
): Preflight["lanes"] {
  const atOne = forecastAt(1);
  if (!atOne.isLatencyMeasured || middle(atOne.minutes) <= LONG_MINUTES) return null;
  const most = Math.max(1, Math.floor(middle(atOne.proposals) / EDITS_A_LANE));
  const choices = CHOICES.filter((lanes) => lanes <= most).map((lanes) => ({
    suggested: lanes,
    minutes: forecastAt(lanes).minutes,
    atOne: atOne.minutes,
  }));
  const worth = choices.filter(({ minutes }) => middle(minutes) <= middle(atOne.minutes) * (1 - WORTH));
  // The fewest that bring it under the line, else the most that are allowed.
  return worth.find(({ minutes }) => middle(minutes) <= LONG_MINUTES) ?? worth.at(-1) ?? null;
}

function middle({ low, high }: { low: number; high: number }): number {
  return (low + high) / 2;
}
