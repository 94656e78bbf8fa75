import { getContainer } from "@/lib/services/container";
import { processStreams } from "@/lib/services/events/process-streams";
import { renderMetrics } from "@/lib/services/metrics";

export function GET(): Response {
  return new Response(renderMetrics(getContainer().deps, processStreams()), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}

export const dynamic = "force-dynamic";
