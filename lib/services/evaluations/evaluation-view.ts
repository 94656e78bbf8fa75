import "server-only";
import type { Evaluation, EvaluationCounts } from "@/db/repos/evaluations.repo";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { AnswerView, EvaluationView } from "@/lib/contracts/evaluations";
import {
  compareToLine,
  denormalise,
  formatValue,
  gradeCount,
  isOrdered,
  lineOf,
  nearestGrade,
  normalise,
} from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";

type Repos = Pick<ServiceDeps, "repos">;

/** Rounds count from 1 in their project. */
export function roundNumber({ repos }: Repos, evaluation: Pick<Evaluation, "id" | "projectId">): number {
  const newestFirst = repos.evaluations.list(evaluation.projectId);
  return newestFirst.length - newestFirst.findIndex(({ id }) => id === evaluation.id);
}

/** A round as pages show it: its state, and what its own judge version said. */
export function evaluationViewOf(deps: Repos, evaluation: Evaluation, number: number): EvaluationView {
  const { repos } = deps;
  const job = evaluation.jobId === null ? null : repos.jobs.byId(evaluation.jobId);
  const counts = repos.evaluations.counts(evaluation.id);
  const version =
    evaluation.promptVersionId === null ? null : repos.prompts.versionById(evaluation.promptVersionId);
  const { id, projectId, jobId, total, judgeVersionId, simulated, createdAt, createdBy } = evaluation;
  return {
    id,
    number,
    projectId,
    jobId,
    state: job?.state ?? "done",
    promptVersion: version?.version ?? null,
    model: modelNameOf(deps, evaluation),
    total,
    answered: counts.answered,
    couldNotBeScored: counts.errors + counts.failedVerdicts,
    ...gradesOf(deps, evaluation, counts),
    judgeVersionId,
    cause: job?.cause ?? null,
    simulated,
    createdAt,
    createdBy,
  };
}

function modelNameOf({ repos }: Repos, { targetVersionId, models }: Evaluation): string {
  const target = targetVersionId === null ? null : repos.targets.versionById(targetVersionId);
  return target?.config.kind === "http" ? "your agent" : (models.task?.model ?? "unknown");
}

type Grades = Pick<EvaluationView, "meanGrade" | "meanShown" | "goodEnough">;

function gradesOf({ repos }: Repos, { id, judgeVersionId }: Evaluation, counts: EvaluationCounts): Grades {
  const version = judgeVersionId === null ? null : repos.judges.versionById(judgeVersionId);
  const judge = version ? repos.judges.byId(version.judgeId) : null;
  if (!version || !judge || counts.meanNormalised === null)
    return { meanGrade: null, meanShown: null, goodEnough: null };
  const { scale } = judge;
  const line = lineOf(scale, version.goodEnough);
  const from = line === null ? null : normalise(scale, line, version.goodEnough);
  return {
    meanGrade: denormalise(scale, counts.meanNormalised),
    meanShown: meanWords(scale, counts.meanNormalised),
    goodEnough:
      from === null ? null : { count: repos.evaluations.countGradedAtLeast(id, from), of: counts.graded },
  };
}

/** A mean on the judge's own scale, in words: "3.4 of 5", "71 % pass". */
export function meanWords(scale: Judge["scale"], mean: number): string {
  if (scale.kind === "numeric") {
    const digits = scale.max - scale.min >= 50 ? 0 : scale.max - scale.min <= 1 ? 2 : 1;
    return `${denormalise(scale, mean).toFixed(digits)} of ${scale.max}`;
  }
  if (scale.kind === "boolean") return `${Math.round(mean * 100)} % ${scale.trueLabel}`;
  if (!isOrdered(scale)) return `${Math.round(mean * 100)} % good enough`;
  return `about ${formatValue(scale, nearestGrade(scale, mean))} (${(1 + mean * (gradeCount(scale) - 1)).toFixed(1)} of ${gradeCount(scale)})`;
}

interface Grader {
  judge: Judge;
  goodEnough: JudgeVersionSummary["goodEnough"];
}

/** Turns stored answers into what lists show; versions of judges are looked up once. */
export function createAnswerViews(
  { repos }: Repos,
  blind: ReadonlySet<string>,
): (trace: TraceWithVerdicts) => AnswerView {
  const graders = new Map<string, Grader | null>();
  const graderOf = (versionId: string): Grader | null => {
    const known = graders.get(versionId);
    if (known !== undefined) return known;
    const version = repos.judges.versionById(versionId);
    const judge = version ? repos.judges.byId(version.judgeId) : null;
    const grader = version && judge ? { judge, goodEnough: version.goodEnough } : null;
    graders.set(versionId, grader);
    return grader;
  };
  return (trace) => {
    const {
      recordRevision: _revision,
      targetVersionId: _target,
      outputKey: _key,
      externalId: _external,
      verdicts,
      ...facts
    } = trace;
    const verdictHidden = blind.has(trace.id);
    const shown = verdictHidden ? [] : verdicts.filter(({ sample }) => sample === 0);
    const last = shown.at(-1);
    return {
      ...facts,
      verdictHidden,
      goodEnough: last ? reachesLine(last, graderOf(last.judgeVersionId)) : null,
      verdicts: shown.map((verdict) => verdictView(verdict, graderOf(verdict.judgeVersionId))),
    };
  };
}

type StoredVerdictOf = TraceWithVerdicts["verdicts"][number];

function reachesLine(verdict: StoredVerdictOf, grader: Grader | null): boolean | null {
  if (verdict.status === "failed" || !grader) return null;
  return compareToLine(grader.judge.scale, grader.goodEnough, verdict.value);
}

function verdictView(verdict: StoredVerdictOf, grader: Grader | null): AnswerView["verdicts"][number] {
  const { judgeVersionId } = verdict;
  if (verdict.status === "failed") return { status: "failed", judgeVersionId, cause: verdict.cause };
  const { value, rationale, normalised } = verdict;
  const shown = grader ? formatValue(grader.judge.scale, value) : String(value);
  return { status: "graded", judgeVersionId, value, shown, rationale, normalised };
}
