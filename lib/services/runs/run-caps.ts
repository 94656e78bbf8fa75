import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { ServiceDeps } from "../service-deps";

/** What a run may use at most. */
export interface RunCaps {
  maxMetricCalls: number;
  maxUsd: number | null;
  maxMinutes: number | null;
}

/** The caps of the launch, and what people have raised them to since. None is ever lowered. */
export function capsOf(
  { runEvents }: Pick<ServiceDeps["repos"], "runEvents">,
  { id, manifest }: Pick<Run, "id" | "manifest">,
): RunCaps {
  const caps: RunCaps = {
    maxMetricCalls: manifest.maxMetricCalls,
    maxUsd: manifest.maxUsd,
    maxMinutes: manifest.maxMinutes,
  };
  for (const { input } of runEvents.listInputs(id)) {
    if (input.kind !== "raise-budget") continue;
    caps.maxMetricCalls = Math.max(caps.maxMetricCalls, input.maxMetricCalls);
    if (caps.maxUsd !== null) caps.maxUsd = Math.max(caps.maxUsd, input.maxUsd ?? 0);
    if (caps.maxMinutes !== null) caps.maxMinutes = Math.max(caps.maxMinutes, input.maxMinutes ?? 0);
  }
  return caps;
}
