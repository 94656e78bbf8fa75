import { createFairPool, type FairPool } from "./fair-pool";

/** A connection's own bound on calls in flight: halves when the provider says "too many", recovers step by step. */
export interface AdaptiveLimit {
  run: FairPool["run"];
  /** A 429 for a call started at `startedAt`: halves, once for all calls of the same burst. */
  onRateLimited(startedAt: number, now: number): void;
  /** A reply came: after as many as the limit, one slot more, up to the maximum. */
  onReply(): void;
  stats: FairPool["stats"];
}

/** @param max calls in flight when all is well, an integer ≥ 1 */
export function createAdaptiveLimit(max: number): AdaptiveLimit {
  const pool = createFairPool(max);
  let limit = max;
  let repliesSinceChange = 0;
  let halvedAt = Number.NEGATIVE_INFINITY;

  const change = (next: number): void => {
    limit = next;
    repliesSinceChange = 0;
    pool.setLimit(next);
  };

  return {
    run: pool.run,
    onRateLimited: (startedAt, now) => {
      // Sixteen calls refused together are one piece of news, not a reason to fall from 16 to 1.
      if (startedAt <= halvedAt) return;
      halvedAt = now;
      change(Math.max(1, Math.floor(limit / 2)));
    },
    onReply: () => {
      if (limit >= max) return;
      repliesSinceChange += 1;
      if (repliesSinceChange >= limit) change(limit + 1);
    },
    stats: pool.stats,
  };
}
