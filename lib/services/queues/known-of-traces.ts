import "server-only";
import type { Label } from "@/db/repos/labels.repo";
import { isApart, type JudgeInUse } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";
import type { TeachingFacts } from "./teaching-order";

interface KnownTrace {
  id: string;
  recordId: string;
}

/** What labels and verdicts tell of these answers now, for the order in which they are asked. */
export function knownOfTraces(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  { judge, version }: JudgeInUse,
  traceIds: readonly string[],
): (trace: KnownTrace) => TeachingFacts {
  const labels = repos.labels.list(projectId, { judgeId: judge.id });
  const byTrace = Map.groupBy(labels, ({ traceId }) => traceId);
  const labelledRecords = new Set(labels.map(({ recordId }) => recordId));
  const judged = new Map<string, number>();
  for (const verdict of repos.traces.verdicts(traceIds, version.id)) {
    if (verdict.status === "graded" && verdict.sample === 0) judged.set(verdict.traceId, verdict.normalised);
  }
  const line = { scale: judge.scale, goodEnough: version.goodEnough };
  const isSplit = (own: readonly Label[]): boolean =>
    own.some((one) => own.some((other) => isApart(line, one.value, other.value)));
  return ({ id, recordId }) => ({
    judged: judged.get(id) ?? null,
    expertsSplit: isSplit(byTrace.get(id) ?? []),
    recordHasLabels: labelledRecords.has(recordId),
  });
}
