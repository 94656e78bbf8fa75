import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import type {
  CandidateBecause,
  CandidateDetail,
  RunCall,
  RunCallDetail,
} from "@/lib/contracts/run-candidates";
import type { RunComparison } from "@/lib/contracts/run-comparison";
import type {
  LaunchOptions as LaunchChoices,
  Preflight,
  RunRow,
  RunSnapshot,
  StartRunInput,
  SteerInput,
} from "@/lib/contracts/runs";
import type { ControlInput } from "@/lib/gepa";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import type { SetsService } from "../sets/sets.service";
import { currentTargetVersionId } from "../targets/current-target";
import { candidateBecauseOf } from "./candidate-because";
import { callOfRun, callsOfCandidate } from "./candidate-calls";
import { candidateDetailOf } from "./candidate-detail";
import { compareRuns } from "./compare-runs";
import { freezeManifest, type LaunchOptions, type LaunchParts } from "./freeze-manifest";
import { launchRecords, launchSubject } from "./launch-facts";
import { launchOptionsOf } from "./launch-options";
import { preflightOf, refuseUnready } from "./preflight";
import { runRowOf } from "./run-rows";
import { runSnapshotOf } from "./run-snapshot";
import { checkSteer } from "./steer-checks";

export const runActions = ["pause", "resume", "cancel", "stop"] as const;
export type RunAction = (typeof runActions)[number];

/** Launching, watching and steering runs. What the search itself does is in run-job.ts and lib/gepa. */
export function createRunsService(deps: ServiceDeps, sets: Pick<SetsService, "assignSets">) {
  return { ...createLaunching(deps, sets), ...createWatching(deps), ...createSteering(deps) };
}

function finder({ repos }: ServiceDeps) {
  return (actor: Actor, permission: Permission, runId: string): Run => {
    const run = repos.runs.byId(runId);
    if (!run) throw new AppError("not-found", "There is no such run.");
    authorize(actor, permission, run.projectId);
    return run;
  };
}

function createLaunching(deps: ServiceDeps, sets: Pick<SetsService, "assignSets">) {
  const { repos } = deps;
  return {
    /** What can be chosen at a launch. */
    launchOptions: (actor: Actor, projectId: string): LaunchChoices => {
      authorize(actor, "project:read", projectId);
      const project = repos.projects.byId(projectId);
      if (!project) throw new AppError("not-found", "There is no such project.");
      return launchOptionsOf(repos, project);
    },

    /** What a launch would find, take and send. Spends nothing. */
    preflight: (actor: Actor, projectId: string, input: StartRunInput): Preflight => {
      authorize(actor, "project:read", projectId);
      return preflightOf(deps, projectId, input);
    },

    /** Freezes the manifest and returns at once; the job runner does the rest. One run a project at a time. */
    start: (
      actor: Actor,
      projectId: string,
      input: StartRunInput,
      options: LaunchOptions = {},
    ): RunSnapshot => {
      authorize(actor, "runs:write", projectId);
      const preflight = preflightOf(deps, projectId, input);
      refuseUnready(preflight, input.reason);
      // On the server's account: a key that may start runs need not be one that may get answers.
      sets.assignSets({ kind: "system", name: actor.name }, projectId);
      const run = repos.transaction(() =>
        insertRun(deps, actor, projectId, input, { ...options, expectedUsd: preflight.forecast.usd }),
      );
      deps.jobs.wake();
      return runSnapshotOf(repos, repos.runs.byId(run.id) ?? run);
    },
  };
}

function createWatching(deps: ServiceDeps) {
  const { repos } = deps;
  const find = finder(deps);
  return {
    list: (actor: Actor, projectId: string): RunRow[] => {
      authorize(actor, "project:read", projectId);
      return repos.runs.list(projectId).map((run) => runRowOf(repos, run));
    },

    get: (actor: Actor, runId: string): RunSnapshot =>
      runSnapshotOf(repos, find(actor, "project:read", runId)),

    candidate: (actor: Actor, runId: string, candidateId: string): CandidateDetail =>
      candidateDetailOf(deps, find(actor, "project:read", runId), candidateId),

    because: (actor: Actor, runId: string, candidateId: string): CandidateBecause =>
      candidateBecauseOf(deps, find(actor, "project:read", runId), candidateId),

    calls: (actor: Actor, runId: string, candidateId: string): RunCall[] =>
      callsOfCandidate(deps, find(actor, "project:read", runId), candidateId),

    call: (actor: Actor, runId: string, callId: string): RunCallDetail =>
      callOfRun(deps, find(actor, "project:read", runId), callId),

    compare: (actor: Actor, runId: string, otherId: string): RunComparison =>
      compareRuns(deps, find(actor, "project:read", runId), find(actor, "project:read", otherId)),
  };
}

function createSteering(deps: ServiceDeps) {
  const { repos } = deps;
  const find = finder(deps);
  return {
    /** `stop` takes the best at the next decision; `cancel` aborts what is in flight and drops it. */
    control: async (actor: Actor, runId: string, action: RunAction): Promise<RunSnapshot> => {
      const run = find(actor, "runs:write", runId);
      refuseOver(run, action);
      audit(deps, actor, {
        projectId: run.projectId,
        action: `run-${action}`,
        subjectType: "run",
        subjectId: runId,
      });
      await controlRun(deps, actor, run, action);
      return runSnapshotOf(repos, find(actor, "project:read", runId));
    },

    /** Journaled at the next decision, so that a replay meets it at the same place. */
    steer: (actor: Actor, runId: string, input: SteerInput): void => {
      const run = find(actor, "runs:write", runId);
      refuseOver(run, "steer");
      checkSteer(deps, run, input);
      repos.transaction(() => {
        addInput(deps, actor, runId, input);
        audit(deps, actor, {
          projectId: run.projectId,
          action: "run-steered",
          subjectType: "run",
          subjectId: runId,
          details: { ...input },
        });
      });
    },
  };
}

function insertRun(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: StartRunInput,
  { expectedUsd, ...options }: LaunchOptions & Pick<LaunchParts, "expectedUsd">,
): Run {
  const { repos, now, newId } = deps;
  const { project, version } = launchSubject(deps, projectId, input);
  const { practice } = launchRecords(deps, project, version);
  const manifest = freezeManifest(
    deps,
    { project, version, targetVersionId: currentTargetVersionId(repos, projectId), practice, expectedUsd },
    input,
    options,
  );
  const { maxMetricCalls, maxUsd, maxMinutes } = manifest;
  const [runId, jobId] = [newId("run"), newId("job")];
  const who = { actorId: actorId(actor), at: now() };
  repos.jobs.enqueue({
    id: jobId,
    kind: "run",
    projectId,
    subjectId: runId,
    caps: { maxMetricCalls, maxUsd, maxMinutes },
    total: maxMetricCalls,
    ...who,
  });
  const run = repos.runs.insert({
    id: runId,
    projectId,
    promptId: version.promptId,
    promptVersionId: version.id,
    jobId,
    manifest,
    ...who,
  });
  repos.candidates.save({
    runId,
    candidateId: "c0",
    components: version.components,
    proposalId: null,
    createdAt: now(),
  });
  audit(deps, actor, {
    projectId,
    action: "run-started",
    subjectType: "run",
    subjectId: runId,
    details: { maxMetricCalls, reason: input.reason },
  });
  return run;
}

/** A run that stopped with an error can be taken up again: what was paid for is kept. */
function refuseOver(run: Run, action: RunAction | "steer"): void {
  const isOver =
    run.state === "done" || run.state === "cancelled" || (run.state === "failed" && action !== "resume");
  if (isOver) throw new AppError("run-not-active", `Run ${run.number} is over; what it found is kept.`);
}

async function controlRun(
  deps: ServiceDeps,
  actor: Actor,
  { id, jobId, state }: Run,
  action: RunAction,
): Promise<void> {
  const { repos, jobs, now } = deps;
  switch (action) {
    case "pause":
      return jobs.pause(jobId, `Paused by ${actor.name}.`);
    case "cancel":
      return jobs.cancel(jobId, `Cancelled by ${actor.name}.`);
    case "stop":
      addInput(deps, actor, id, { kind: "stop", reason: "user" });
      return jobs.resume(jobId);
    case "resume":
      if (state !== "failed") return jobs.resume(jobId);
      repos.jobs.requeue(jobId, now());
      return jobs.wake();
  }
}

function addInput(
  { repos, now, newId }: ServiceDeps,
  actor: Actor,
  runId: string,
  input: ControlInput,
): void {
  repos.runEvents.addInput({ id: newId("inp"), runId, input, actorId: actorId(actor), createdAt: now() });
}
