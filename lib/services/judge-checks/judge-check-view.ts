import "server-only";
import type { JudgeCheck } from "@/db/repos/judge-checks.repo";
import type { Judge } from "@/db/repos/judges.repo";
import { type JudgeCheckView, judgeCheckResultSchema } from "@/lib/contracts/judge-checks";
import type { ServiceDeps } from "../service-deps";
import { answerViews } from "./check-answers";

/** A check as it goes over the wire; the answers come with its result. */
export function judgeCheckView(
  deps: Pick<ServiceDeps, "repos" | "now">,
  judge: Judge,
  check: JudgeCheck,
): JudgeCheckView {
  const { repos } = deps;
  const job = check.jobId === null ? null : repos.jobs.byId(check.jobId);
  const result = check.result === null ? null : judgeCheckResultSchema.parse(check.result);
  const traces = new Map(repos.traces.byIds(check.traceIds).map((trace) => [trace.id, trace]));
  const shown = (result?.answers ?? []).flatMap(({ traceId }) => traces.get(traceId) ?? []);
  const views = new Map(answerViews(deps, judge, shown).map((view) => [view.traceId, view]));
  const versions = new Map(
    repos.judges
      .versionsByIds([check.versionId, ...(check.otherVersionId === null ? [] : [check.otherVersionId])])
      .map(({ id, version }) => [id, version]),
  );
  return {
    id: check.id,
    judgeId: check.judgeId,
    kind: check.kind,
    state: job?.state ?? "done",
    progress: { done: job?.done ?? 1, total: job?.total ?? 1 },
    cause: job?.cause ?? null,
    version: versions.get(check.versionId) ?? 0,
    isChanged: check.changes !== null,
    otherVersion: check.otherVersionId === null ? null : (versions.get(check.otherVersionId) ?? null),
    answers: (result?.answers ?? []).flatMap(({ traceId, readings, other }) => {
      const view = views.get(traceId);
      return view ? [{ ...view, readings, other }] : [];
    }),
    noise: result?.noise ?? null,
    simulated: check.simulated,
    createdAt: check.createdAt,
    createdBy: check.createdBy,
  };
}
