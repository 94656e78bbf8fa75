import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a long work may hold the event loop at a time, in ms, before others are served. */
export const TURN_MS = 8;

/**
 * The same items, one by one; whenever making them and working on them has taken `turnMs` together, others are served
 * before the next. What costs time belongs into `items` itself or into the loop over them, never before it.
 */
export async function* inTurns<Item>(items: Iterable<Item>, turnMs = TURN_MS): AsyncGenerator<Item> {
  let begunMs = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - begunMs < turnMs) continue;
    await nextTurn();
    begunMs = performance.now();
  }
}
