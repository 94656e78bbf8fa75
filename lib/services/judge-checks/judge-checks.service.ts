import "server-only";
import type { z } from "zod";
import type { JudgeCheck } from "@/db/repos/judge-checks.repo";
import type { Judge } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type {
  JudgeAnswers,
  JudgeCheckView,
  JudgeComparison,
  PromptPreview,
  previewPromptInput,
  startJudgeCheckInput,
} from "@/lib/contracts/judge-checks";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import { assembleJudgePrompt, createEpisodeIndex } from "@/lib/judge";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { caseOf } from "../evaluations/judge-answers";
import { findJudge, findVersion } from "../judges/judge-views";
import type { ServiceDeps } from "../service-deps";
import { answersToTry, answerViews } from "./check-answers";
import { judgingModels, snapshotWith } from "./check-subject";
import { comparisonOf } from "./comparison";
import { createJudgeCheckJob } from "./judge-check-job";
import { judgeCheckView } from "./judge-check-view";

type StartInput = z.output<typeof startJudgeCheckInput>;

/** Looking a judge over before it is put to use: the exact prompt, a try, its noise, two versions side by side. */
export function createJudgeChecksService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    /** Recorded answers that the judge can be tried on, and where their text would go. */
    answers(actor: Actor, judgeId: string): JudgeAnswers {
      const judge = findJudge(deps, actor, "judges:draft", judgeId);
      const { host, simulated } = judgingModels(deps, judge);
      return { items: answerViews(deps, judge, answersToTry(deps, actor, judge)), host, simulated };
    },

    /** Spends nothing. */
    preview: (
      actor: Actor,
      judgeId: string,
      input: z.output<typeof previewPromptInput>,
    ): Promise<PromptPreview> => preview(deps, actor, findJudge(deps, actor, "judges:draft", judgeId), input),

    /** Pins models and answers, and returns at once; the job does the rest. */
    start(actor: Actor, judgeId: string, input: StartInput): JudgeCheckView {
      const judge = findJudge(deps, actor, "judges:draft", judgeId);
      return judgeCheckView(deps, judge, start(deps, actor, judge, input));
    },

    get(actor: Actor, checkId: string): JudgeCheckView {
      const { judge, check } = find(deps, actor, "judges:draft", checkId);
      return judgeCheckView(deps, judge, check);
    },

    /** The newest measure of how steady this judge is; null when there is none. */
    latestNoise(actor: Actor, judgeId: string): JudgeCheckView | null {
      const judge = findJudge(deps, actor, "project:read", judgeId);
      const [check] = repos.judgeChecks.list(judge.id, "noise", 1);
      return check ? judgeCheckView(deps, judge, check) : null;
    },

    compare: (actor: Actor, judgeId: string, ids: { before: string; after: string }): JudgeComparison =>
      comparisonOf(deps, actor, findJudge(deps, actor, "project:read", judgeId), ids),
  };
}

/** Lets the runner do jobs of this kind. */
export function registerJudgeCheckJobs(deps: ServiceDeps): void {
  deps.jobs.register("judge-check", createJudgeCheckJob(deps));
}

function find(
  deps: ServiceDeps,
  actor: Actor,
  permission: Permission,
  checkId: string,
): { judge: Judge; check: JudgeCheck } {
  const check = deps.repos.judgeChecks.byId(checkId);
  if (!check)
    throw new AppError("not-found", "There is no such check, or you are not a member of its project.");
  return { check, judge: findJudge(deps, actor, permission, check.judgeId) };
}

async function preview(
  deps: ServiceDeps,
  actor: Actor,
  judge: Judge,
  { versionId, traceId, changes }: z.output<typeof previewPromptInput>,
): Promise<PromptPreview> {
  const snapshot = snapshotWith(deps, judge, versionId, changes);
  const trace = answersToTry(deps, actor, judge).find(({ id }) => id === traceId);
  const one = trace && caseOf(deps, trace);
  if (!one)
    throw new AppError("not-found", "This answer cannot be shown to the judge: it is of no practice record.");
  if (snapshot.rule !== null)
    return { messages: [], remembered: 0, note: "A rule is checked by code. Nothing is sent to a model." };
  const isExact = snapshot.retrieval.kind === "lexical";
  // A vector of the case would cost a call; the text of a preview must cost none.
  const index = createEpisodeIndex({ ...snapshot, retrieval: { kind: "lexical" } });
  const episodes = await index.nearest(one, AbortSignal.timeout(10_000));
  return {
    messages: assembleJudgePrompt(snapshot, one, episodes).messages,
    remembered: episodes.length,
    note: isExact
      ? null
      : "Remembered answers are found by meaning when it is asked; here they are found by words, so others may be shown.",
  };
}

/** The answers of a check. Throws when one of them, or the versions, cannot be used. */
function checkedTraceIds(deps: ServiceDeps, actor: Actor, judge: Judge, input: StartInput): string[] {
  const { kind, versionId, otherVersionId, changes, readings } = input;
  snapshotWith(deps, judge, versionId, changes);
  if (otherVersionId !== null) findVersion(deps, judge, otherVersionId);
  if (kind === "noise" && readings < 2)
    throw new AppError(
      "invalid-input",
      "One reading of an answer says nothing about noise. Choose two or more.",
    );
  const allowed = new Set(answersToTry(deps, actor, judge).map(({ id }) => id));
  const traceIds = [...new Set(input.traceIds)];
  if (traceIds.some((id) => !allowed.has(id)))
    throw new AppError(
      "invalid-input",
      "Some of these answers cannot be used: they are of no practice record, or wait for your own label. Nothing was asked.",
    );
  return traceIds;
}

function start(deps: ServiceDeps, actor: Actor, judge: Judge, input: StartInput): JudgeCheck {
  const { repos, now, newId, jobs } = deps;
  const { kind, versionId, otherVersionId, changes, readings } = input;
  const traceIds = checkedTraceIds(deps, actor, judge, input);
  const checkId = newId("chk");
  const { models, simulated } = judgingModels(deps, judge);
  const check = repos.transaction(() => {
    const jobId = repos.jobs.enqueue({
      id: newId("job"),
      kind: "judge-check",
      projectId: judge.projectId,
      subjectId: checkId,
      caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
      total: traceIds.length * (readings + (otherVersionId === null ? 0 : 1)),
      actorId: actorId(actor),
      at: now(),
    }).id;
    audit(deps, actor, {
      projectId: judge.projectId,
      action: `judge-${kind}`,
      subjectType: "judge",
      subjectId: judge.id,
      details: { answers: traceIds.length, readings },
    });
    return repos.judgeChecks.insert({
      id: checkId,
      projectId: judge.projectId,
      judgeId: judge.id,
      kind,
      versionId,
      otherVersionId,
      changes,
      traceIds,
      readings,
      models,
      jobId,
      simulated,
      actorId: actorId(actor),
      at: now(),
    });
  });
  jobs.wake();
  return check;
}
