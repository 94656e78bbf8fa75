import "server-only";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { formatValue } from "@/lib/judge/scale";
import type { ServiceDeps } from "../service-deps";

/**
 * Record id → the last grade that the judge in use gave its answers, on its own scale. Sealed records have none
 * here: a page view never breaks a seal (ux.md, rule 3). Nor have those whose answer waits for the viewer's own
 * label: the judge's opinion comes after the batch (rule 12).
 */
export function lastGradesOf(
  { repos }: ServiceDeps,
  projectId: string,
  records: readonly Pick<OptimizationRecord, "id" | "set">[],
  blind: ReadonlySet<string>,
): Map<string, string> {
  const used = judgeInUse(repos, projectId);
  if (used === null) return new Map();
  const { judge, version } = used;
  const ids = records.filter(({ set }) => set !== "sealed").map(({ id }) => id);
  const verdicts = repos.traces.lastGraded(ids, version.id);
  return new Map(
    [...verdicts].flatMap(([id, verdict]) =>
      verdict.status === "graded" && !blind.has(verdict.traceId)
        ? [[id, formatValue(judge.scale, verdict.value)] as const]
        : [],
    ),
  );
}

/** The same grades as an order of the list; null while no judge is in use. */
export function gradeOrderOf({ repos }: ServiceDeps, projectId: string, hidden: ReadonlySet<string>) {
  const used = judgeInUse(repos, projectId);
  return used && { judgeVersionId: used.version.id, hidden: [...hidden] };
}

function judgeInUse(repos: ServiceDeps["repos"], projectId: string) {
  const judge = repos.judges.list(projectId).find(({ kind }) => kind === "model");
  const version = judge === undefined ? null : repos.judges.inUse(judge.id);
  return judge && version ? { judge, version } : null;
}
