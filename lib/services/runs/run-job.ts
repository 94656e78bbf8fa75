import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import { type EngineDeps, type OptimizeResult, optimize } from "@/lib/gepa";
import type { RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { type JobContext, JobPause } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { storageRefusalOf } from "../storage-trouble";
import { provePromptUsed } from "../targets/prove-prompt-used";
import { announce } from "../webhooks/announce";
import { ENGINE_VERSION } from "./freeze-manifest";
import { withMoneyCap } from "./money-cap";
import { capsOf } from "./run-caps";
import { createRunClock, type RunClock } from "./run-clock";
import { targetOf } from "./run-frame";
import { createRunJournal, ReplayMismatch, type RunJournal, TextErased } from "./run-journal";
import { noteTakenUp, tellPauses } from "./run-pauses";
import { archiveOf, evaluatorOf, inputOf, reflectorOf } from "./run-ports";
import { runViewOf } from "./run-snapshot";
import { createRunTelemetry, type RunTelemetry } from "./run-telemetry";

/** Runs the search of one run, from the start or from its journal: the same code, since a resume is a replay. */
export function createRunJob(
  deps: ServiceDeps,
  rollouts: RolloutRunner,
): (context: JobContext) => Promise<void> {
  return async (context) => {
    const run = deps.repos.runs.byId(context.job.subjectId);
    if (!run) throw new Error("The run of this job does not exist.");
    const journal = createRunJournal(deps, run.id);
    const clock = createRunClock(
      deps.repos.runEvents.listAfter(run.id, 0, Number.MAX_SAFE_INTEGER),
      deps.now,
    );
    if (deps.repos.runEvents.lastSeq(run.id) > 0) noteTakenUp(deps, run, journal);
    try {
      if (context.job.erasedAt !== null) throw new TextErased(journal.lastStored + 1);
      if (run.manifest.engineVersion !== ENGINE_VERSION && journal.lastStored > 0)
        throw new ReplayMismatch(journal.lastStored + 1);
      const result = await search(deps, rollouts, run, journal, clock, context);
      keepOutcome(deps, run, result);
    } catch (error) {
      const mismatch = mismatchOf(error, journal);
      if (mismatch) return park(deps, run, journal, mismatch);
      // a full disk takes no note either: the runner parks the job as soon as it can
      if (!context.signal.aborted && !storageRefusalOf(error))
        journal.note({ type: "run-failed", cause: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

async function search(
  deps: ServiceDeps,
  rollouts: RolloutRunner,
  run: Run,
  journal: RunJournal,
  clock: RunClock,
  jobContext: JobContext,
): Promise<OptimizeResult> {
  const context = tellPauses(deps, run, jobContext, journal, clock);
  const models = createPausingModels(withMoneyCap(deps, run, deps.models.forJob(run.jobId)), context);
  const telemetry = createRunTelemetry(deps, run, { journal, clock, context });
  const failure = new AbortController();
  await proveAgent(deps, run, models, context);
  return optimize(inputOf(deps, run), {
    evaluator: evaluatorOf(deps, run, { rollouts, models, context, onRollout: telemetry.onRollout }),
    reflector: reflectorOf(run.manifest, models),
    control: controlOf(deps, run, journal, context, clock),
    archive: archiveOf(deps, run),
    clock: { now: deps.now },
    // The engine cannot be told of a full disk through `emit`: the run is stopped instead, and resumes from what is stored.
    emit: (event) => {
      try {
        emitTo(deps, run, journal, telemetry, event);
      } catch (error) {
        failure.abort(error);
      }
    },
    signal: AbortSignal.any([context.signal, failure.signal]),
  });
}

/** An agent has to show that it uses the prompt, before anything is searched with it. */
async function proveAgent(
  deps: ServiceDeps,
  run: Run,
  models: JobModels,
  context: JobContext,
): Promise<void> {
  const [record] = deps.repos.snapshots.listForEngine(run.manifest.snapshotId);
  const version = deps.repos.prompts.versionById(run.promptVersionId);
  if (!record || !version) return;
  await provePromptUsed(deps, {
    jobId: run.jobId,
    target: targetOf(deps, run.manifest),
    components: Object.keys(version.components),
    inputs: record.inputs,
    models,
    context,
  });
}

function emitTo(
  { repos }: ServiceDeps,
  run: Run,
  journal: RunJournal,
  telemetry: RunTelemetry,
  event: Parameters<EngineDeps["emit"]>[0],
): void {
  telemetry.before(event);
  journal.record(event);
  if (event.type === "proposal-refused")
    repos.candidates.refuseProposal(run.id, event.proposalId, event.reason, event.detail);
  telemetry.after(event);
}

/** Inputs from outside, journaled at the decision at which the engine meets them; here a pause waits. */
function controlOf(
  { repos, now, newId }: ServiceDeps,
  run: Run,
  journal: RunJournal,
  context: JobContext,
  clock: RunClock,
): EngineDeps["control"] {
  let isTimeTold = false;
  return {
    inputsAfter: async (decision) => {
      await context.whilePaused();
      const { maxMinutes } = capsOf(repos, run);
      const isTimeOver = maxMinutes !== null && clock.activeMs() > maxMinutes * 60_000;
      if (isTimeOver && !isTimeTold && !journal.isReplaying()) {
        isTimeTold = true;
        const input = { kind: "stop", reason: "time" } as const;
        repos.runEvents.addInput({
          id: newId("inp"),
          runId: run.id,
          input,
          actorId: "system:caps",
          createdAt: now(),
        });
      }
      return repos.runEvents.takeInputs(run.id, decision);
    },
  };
}

/** A stored reply to another request is a mismatch too: the run would go another way than before. */
function mismatchOf(error: unknown, journal: RunJournal): ReplayMismatch | null {
  if (error instanceof ReplayMismatch) return error;
  return error instanceof AppError && error.code === "conflict"
    ? new ReplayMismatch(journal.decision() + 1)
    : null;
}

/** A run that cannot be replayed waits for a person; when one has asked for the best so far, it ends with that. */
function park(deps: ServiceDeps, run: Run, journal: RunJournal, mismatch: ReplayMismatch): void {
  const isStopAsked = deps.repos.runEvents
    .listInputs(run.id)
    .some(({ input }) => input.kind === "stop" && input.reason === "user");
  if (!isStopAsked) {
    journal.note({ type: "paused", cause: mismatch.message, byPerson: false });
    throw new JobPause(mismatch.message);
  }
  const view = runViewOf(deps.repos, run);
  const scoreOf = (candidateId: string | null): number | null =>
    view.candidates.find((row) => row.candidateId === candidateId)?.meanScore ?? null;
  const seedId = view.seedCandidateId ?? "c0";
  const recommendedId = view.recommended?.candidateId ?? seedId;
  const outcome = {
    stopReason: "user",
    seedScore: scoreOf(seedId),
    recommendedScore: scoreOf(recommendedId),
    metricCalls: view.metricCalls,
  } as const;
  journal.end({
    type: "run-ended",
    detail: mismatch.message,
    recommendedCandidateId: recommendedId,
    ...outcome,
  });
  deps.repos.runs.update(run.id, { ...outcome, recommendedCandidateId: recommendedId, endedAt: deps.now() });
}

function keepOutcome(deps: ServiceDeps, run: Run, result: OptimizeResult): void {
  const { repos, now } = deps;
  repos.transaction(() => {
    tellOutside(deps, run, result);
    repos.runs.update(run.id, {
      stopReason: result.stopReason,
      recommendedCandidateId: result.recommendedId,
      seedScore: result.seedScore,
      recommendedScore: result.recommendedScore,
      metricCalls: result.metricCalls,
      endedAt: now(),
    });
  });
}

function tellOutside(deps: ServiceDeps, run: Run, result: OptimizeResult): void {
  const { stopReason, recommendedId, seedScore, recommendedScore, metricCalls } = result;
  announce(deps, {
    projectId: run.projectId,
    type: "run.finished",
    path: `/p/${run.projectId}/runs/${run.id}`,
    data: {
      run: { id: run.id, number: run.number },
      stopReason,
      recommendedCandidate: recommendedId,
      startingScore: seedScore,
      recommendedScore,
      scoredAnswers: metricCalls,
    },
  });
}
