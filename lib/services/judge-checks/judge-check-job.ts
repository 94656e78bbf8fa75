import "server-only";
import type { JudgeCheck } from "@/db/repos/judge-checks.repo";
import type { Judge } from "@/db/repos/judges.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { JudgeCheckResult, JudgeNoise } from "@/lib/contracts/judge-checks";
import { editJudgeInput } from "@/lib/contracts/judge-page";
import {
  createEpisodeIndex,
  gradeCount,
  type JudgeModel,
  type JudgeSnapshot,
  judgeCase,
  noiseOf,
  type Verdict,
} from "@/lib/judge";
import { LlmError } from "@/lib/llm";
import { mapLimit } from "@/lib/util/map-limit";
import { caseOf } from "../evaluations/judge-answers";
import type { JobContext, JobHandler } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import { embeddingsOfJob } from "../judges/embeddings";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { readingOf } from "./check-answers";
import { snapshotWith } from "./check-subject";

const CONCURRENCY = 16;

/** One side of a check: a judge, and whether what it says belongs to a saved version. */
interface Arm {
  name: "own" | "other";
  snapshot: JudgeSnapshot;
  /** Verdicts of saved versions are kept with the answer, and are not bought again. */
  isSaved: boolean;
}

/** Judges answers for the sake of the judge; started again after a crash it buys nothing twice. */
export function createJudgeCheckJob(deps: ServiceDeps): JobHandler {
  return async (context) => {
    const check = deps.repos.judgeChecks.byId(context.job.subjectId);
    const judge = check && deps.repos.judges.byId(check.judgeId);
    if (!check || !judge) throw new Error("The check of this job does not exist.");
    deps.repos.judgeChecks.setResult(check.id, await carryOut(deps, check, judge, context));
  };
}

async function carryOut(
  deps: ServiceDeps,
  check: JudgeCheck,
  judge: Judge,
  context: JobContext,
): Promise<JudgeCheckResult> {
  const changes = check.changes === null ? null : editJudgeInput.parse(check.changes);
  const own: Arm = {
    name: "own",
    snapshot: snapshotWith(deps, judge, check.versionId, changes),
    isSaved: changes === null,
  };
  const other: Arm | null =
    check.otherVersionId === null
      ? null
      : { name: "other", snapshot: snapshotWith(deps, judge, check.otherVersionId, null), isSaved: true };
  const byId = new Map(deps.repos.traces.byIds(check.traceIds).map((trace) => [trace.id, trace]));
  const traces = check.traceIds.flatMap((id) => byId.get(id) ?? []);
  const asks = traces.flatMap((trace) => [
    ...Array.from({ length: check.readings }, (_, index) => ({
      trace,
      arm: own,
      // Readings of a noise measure are fresh ones, from 1 on.
      sample: check.kind === "noise" ? index + 1 : 0,
    })),
    ...(other ? [{ trace, arm: other, sample: 0 }] : []),
  ]);
  const reader = createReader(deps, check, context, [own, ...(other ? [other] : [])]);
  let done = 0;
  context.setProgress({ done, total: asks.length });
  const verdicts = await mapLimit(
    asks,
    CONCURRENCY,
    async (ask) => {
      const verdict = await reader(ask.arm, ask.trace, ask.sample);
      done += 1;
      context.setProgress({ done, total: asks.length });
      return verdict;
    },
    context.signal,
  );
  const saidOf = (trace: TraceWithVerdicts, arm: Arm | null): Verdict[] =>
    verdicts.filter((_, index) => asks[index]?.trace === trace && asks[index]?.arm === arm);
  const readings = traces.map((trace) => saidOf(trace, own));
  return {
    answers: traces.map((trace, index) => {
      const beside = saidOf(trace, other)[0];
      return {
        traceId: trace.id,
        readings: (readings[index] ?? []).map((verdict) => readingOf(judge, verdict)),
        other: beside ? readingOf(judge, beside) : null,
      };
    }),
    noise: check.kind === "noise" ? noiseInGrades(own.snapshot, readings, check.readings) : null,
  };
}

function noiseInGrades(
  snapshot: JudgeSnapshot,
  verdicts: readonly (readonly Verdict[])[],
  readings: number,
): JudgeNoise {
  const { sd, flips, answers, failed } = noiseOf(snapshot, verdicts);
  return {
    sdGrades: sd === null ? null : sd * (gradeCount(snapshot.scale) - 1),
    flips,
    answers,
    readings,
    failed,
  };
}

/** Asks for one verdict: a stored one of a saved version is not asked for again. */
function createReader(deps: ServiceDeps, check: JudgeCheck, context: JobContext, arms: readonly Arm[]) {
  const models = createPausingModels(deps.models.forJob(context.job.id), context);
  const { embedding } = check.models;
  const vectors = embedding ? embeddingsOfJob(embedding, models) : null;
  const indexes = new Map(arms.map((arm) => [arm, createEpisodeIndex(arm.snapshot, vectors)]));
  const model = modelOf(check, models);
  return async (arm: Arm, trace: TraceWithVerdicts, sample: number): Promise<Verdict> => {
    const { versionId } = arm.snapshot;
    const stored = arm.isSaved
      ? trace.verdicts.find((one) => one.judgeVersionId === versionId && one.sample === sample)
      : undefined;
    if (stored?.status === "graded") return stored;
    const one = caseOf(deps, trace);
    const retrieval = indexes.get(arm);
    if (!one || !retrieval)
      return {
        status: "failed",
        cause: "Its record is sealed or gone, so it is not judged here.",
        rawReply: null,
      };
    const callKey = `check:${arm.name}:${trace.id}:${sample}`;
    const verdict = await judgeCase(arm.snapshot, one, { model, retrieval, callKey, sample }, context.signal);
    if (arm.isSaved) {
      const facts = { traceId: trace.id, judgeVersionId: versionId, sample, createdAt: deps.now() };
      deps.repos.traces.addVerdict(
        verdict.status === "graded" ? { ...verdict, ...facts, rawReply: null } : { ...verdict, ...facts },
      );
    }
    return verdict;
  };
}

function modelOf(check: JudgeCheck, models: JobModels): JudgeModel {
  const ref = check.models.judge;
  return {
    ask: async ({ callKey, messages, schema, sample = 0 }, signal) => {
      if (!ref) return { status: "failed", cause: "No model is set that judges." };
      try {
        const reply = await models.call(ref, { callKey, role: "judge", messages, sample, schema }, signal);
        return { status: "answered", text: reply.text };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LlmError)) throw error;
        return { status: "failed", cause: error.message };
      }
    },
  };
}
