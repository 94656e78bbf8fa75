import "server-only";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { singleton } from "@/lib/util/singleton";

const RESOLUTION_MS = 10;

/** How late the event loop was, in seconds, since the last time this was asked. */
export interface EventLoopDelay {
  p50: number;
  p99: number;
  max: number;
}

/** Begins to watch the event loop at the first call of the process. Each answer starts the measure anew. */
export function readEventLoopDelay(): EventLoopDelay {
  const histogram = singleton("event-loop-delay", () => {
    const made = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    made.enable();
    return made;
  });
  const late = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS) / 1_000;
  const delay =
    histogram.count === 0
      ? { p50: 0, p99: 0, max: 0 }
      : {
          p50: late(histogram.percentile(50)),
          p99: late(histogram.percentile(99)),
          max: late(histogram.max),
        };
  histogram.reset();
  return delay;
}
