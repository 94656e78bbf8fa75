import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { JudgeAnswer, JudgeReading } from "@/lib/contracts/judge-checks";
import type { Actor } from "@/lib/contracts/permissions";
import { formatValue, isOnScale, type Verdict } from "@/lib/judge";
import { blindTraceIds } from "../labels/blind";
import type { ServiceDeps } from "../service-deps";

type Repos = Pick<ServiceDeps, "repos" | "now">;

const MAX_ANSWERS = 60;
/** Looked through for answers of practice records. */
const NEWEST_TRACES = 500;

/**
 * Answers that a judge may be tried on: given, of practice records (a page view never breaks a seal), not waiting for
 * this person's own label. Labelled ones first, then the newest.
 */
export function answersToTry(deps: Repos, actor: Actor, judge: Judge): TraceWithVerdicts[] {
  const { repos } = deps;
  const labels = repos.labels.list(judge.projectId, { judgeId: judge.id });
  const labelled = new Set(labels.map(({ traceId }) => traceId));
  const blind = blindTraceIds(deps, actor, judge.projectId);
  const newest = repos.traces.list(judge.projectId, { limit: NEWEST_TRACES }).items;
  const known = new Set(newest.map(({ id }) => id));
  const older = repos.traces.byIds([...labelled].filter((id) => !known.has(id)));
  const all = [...newest, ...older].filter(({ id, state }) => state === "OK" && !blind.has(id));
  // This method cannot return a sealed record (architecture.md, Sets).
  const recordIds = [...new Set(all.map(({ recordId }) => recordId))];
  const practice = new Set(repos.records.findForEngine(judge.projectId, recordIds).map(({ id }) => id));
  return all
    .filter(({ recordId }) => practice.has(recordId))
    .toSorted((a, b) => Number(labelled.has(b.id)) - Number(labelled.has(a.id)))
    .slice(0, MAX_ANSWERS);
}

/** Answers with what experts said of them, in the order given. */
export function answerViews(
  { repos }: Repos,
  judge: Judge,
  traces: readonly TraceWithVerdicts[],
): JudgeAnswer[] {
  const labels = repos.labels.list(judge.projectId, {
    judgeId: judge.id,
    traceIds: traces.map(({ id }) => id),
  });
  return traces.map(({ id, recordId, question, output }) => ({
    traceId: id,
    recordId,
    question,
    answer: output,
    experts: labels
      .filter(({ traceId }) => traceId === id)
      .map(({ author, value, reason }) => ({ name: author.name, shown: gradeWords(judge, value), reason })),
  }));
}

/** A verdict as a page shows it. */
export function readingOf(judge: Judge, verdict: Verdict): JudgeReading {
  if (verdict.status === "failed") return { status: "failed", cause: verdict.cause };
  const { value, normalised, rationale } = verdict;
  return { status: "graded", value, shown: gradeWords(judge, value), normalised, rationale };
}

function gradeWords({ scale }: Judge, value: number | boolean | string): string {
  return isOnScale(scale, value) ? formatValue(scale, value) : String(value);
}
