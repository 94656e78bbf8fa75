import "server-only";
import type { OpenItem, Queue } from "@/db/repos/queues.repo";
import { judgeInUse } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";
import { orderByTeaching } from "./make-queue";

/** From so many waiting answers on, an order is used again for a while: a few labels hardly change it. */
const LARGE = 200;
const KEPT_MS = 5_000;

interface Kept {
  /** Trace id → place in the order. */
  places: ReadonlyMap<string, number>;
  judgeVersionId: string | null;
  madeAt: number;
}

/** Orders the waiting items of a queue as it asks them. */
export type OrderWaiting = (
  queue: Pick<Queue, "id" | "projectId" | "askOrder">,
  waiting: readonly OpenItem[],
) => OpenItem[];

/**
 * Those that teach most first, or as listed. The order of a large queue is worked out again every few seconds, and when
 * another version of the judge is in use; a small one at every answer.
 */
export function createOrderWaiting(deps: Pick<ServiceDeps, "repos" | "now">): OrderWaiting {
  const kept = new Map<string, Kept>();
  return (queue, waiting) => {
    if (queue.askOrder === "listed") return [...waiting];
    const inUse = judgeInUse(deps, queue.projectId);
    const order = (): OpenItem[] =>
      orderByTeaching(
        deps,
        queue.projectId,
        inUse,
        waiting.map((item) => ({ ...item, id: item.traceId, item })),
      ).map(({ item }) => item);
    if (waiting.length < LARGE) {
      kept.delete(queue.id);
      return order();
    }
    const judgeVersionId = inUse?.version.id ?? null;
    const known = kept.get(queue.id);
    if (known && known.judgeVersionId === judgeVersionId && deps.now() - known.madeAt < KEPT_MS)
      return waiting.toSorted((a, b) => placeIn(known, a) - placeIn(known, b));
    const fresh = order();
    const places = new Map(fresh.map(({ traceId }, place) => [traceId, place]));
    kept.set(queue.id, { places, judgeVersionId, madeAt: deps.now() });
    return fresh;
  };
}

/** What came back to the list meanwhile stands behind the rest. */
function placeIn({ places }: Kept, { traceId }: OpenItem): number {
  return places.get(traceId) ?? places.size;
}
