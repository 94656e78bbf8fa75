import "server-only";
import { processShutdownHub, type ShutdownHub } from "@/lib/streaming/shutdown-hub";

/** The event streams open in this process; they close when it is asked to end. For routes, which know services only. */
export function processStreams(): ShutdownHub {
  return processShutdownHub();
}
