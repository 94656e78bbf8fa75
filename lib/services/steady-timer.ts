import "server-only";
import type { ServiceDeps } from "./service-deps";
import { storageRefusalOf } from "./storage-trouble";

/**
 * Does something again and again. A full disk or a held database must not end the process: the next round does it.
 * @returns what ends it
 */
export function startSteadyTimer(log: ServiceDeps["log"], work: () => void, everyMs: number): () => void {
  const timer = setInterval(() => {
    try {
      work();
    } catch (error) {
      if (!storageRefusalOf(error)) throw error;
      log.warn({ err: error }, "the storage refused what a timer does; it is tried again");
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
