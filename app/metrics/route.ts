import { getContainer } from "@/lib/services/container";
import { processStreams } from "@/lib/services/events/process-streams";
import { watchHttpServer } from "@/lib/services/http-server";
import { renderMetrics } from "@/lib/services/metrics";

export function GET(): Response {
  const { deps } = getContainer();
  return new Response(renderMetrics(deps, processStreams(), watchHttpServer(deps.env)), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}

export const dynamic = "force-dynamic";
