import "server-only";
import type { Actor } from "@/lib/contracts/permissions";
import { actorId as idOf } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { footballSample } from "./football-sample";
import type { SampleExpert } from "./sample-types";
import { type SeededProject, seedProject } from "./seed-project";

const QUEUE_NAME = "Six answers for you";
const MINUTE_MS = 60_000;
/** The experts labelled before the newcomer came, so that the history reads in order. */
const LABELLED_BEFORE_MS = 3 * 24 * 60 * MINUTE_MS;

/**
 * The football sample: 60 records (18 sealed), 36 recorded answers, 30 of them labelled with reasons by two sample
 * experts, six waiting for whoever opens it (ux.md, section 6). The judge's verdicts are not part of it: a round is
 * queued that has the recorded answers graded. Returns the project's id.
 */
export function seedFootball(deps: ServiceDeps, actor: Actor): string {
  const { repos, now, newId, jobs } = deps;
  const actorId = idOf(actor);
  const projectId = repos.transaction(() => {
    const seeded = seedProject(deps, footballSample, actorId, { isSample: true });
    const { project, recordIds } = seeded;
    if (actor.kind === "user") repos.members.setRole(project.id, actor.userId, "admin", now());
    const sealed = new Set(footballSample.suggestedSealedKeys);
    repos.records.assignSets(
      [...recordIds].map(([key, recordId]) => ({
        recordId,
        set: sealed.has(key) ? ("sealed" as const) : ("practice" as const),
      })),
    );
    const evaluationId = recordRound(deps, seeded, actorId);
    const traceIds = recordAnswers(deps, seeded, evaluationId);
    recordLabels(deps, seeded, traceIds);
    const waiting = footballSample.waitingKeys.flatMap((key) => traceIds.get(key) ?? []);
    repos.queues.insert(
      {
        id: newId("que"),
        projectId: project.id,
        judgeId: seeded.judgeId,
        evaluationId,
        name: QUEUE_NAME,
        purpose: "teaching",
        expertsPerItem: 1,
        actorId,
        createdAt: now(),
      },
      waiting.map((traceId) => ({ id: newId("itm"), traceId })),
    );
    return project.id;
  });
  jobs.wake();
  return projectId;
}

function recordRound({ repos, now, newId }: ServiceDeps, seeded: SeededProject, actorId: string): string {
  const evaluationId = newId("evl");
  const jobId = newId("job");
  const projectId = seeded.project.id;
  const total = footballSample.answers.length;
  repos.jobs.enqueue({
    id: jobId,
    kind: "evaluation",
    projectId,
    subjectId: evaluationId,
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total,
    actorId,
    at: now(),
  });
  repos.evaluations.insert({
    id: evaluationId,
    projectId,
    promptVersionId: seeded.version?.id ?? null,
    targetVersionId: seeded.targetVersionId,
    judgeVersionId: seeded.judgeVersionId,
    snapshotId: null,
    jobId,
    models: { task: seeded.project.models.task, judge: seeded.project.models.judge },
    total,
    queueSize: 0,
    simulated: true,
    actorId,
    at: now(),
  });
  return evaluationId;
}

/** @returns key of the record → id of its recorded answer */
function recordAnswers(
  { repos, now, newId }: ServiceDeps,
  seeded: SeededProject,
  evaluationId: string,
): Map<string, string> {
  const questions = new Map(
    footballSample.records.map(({ key, inputs }) => [key, inputs.messages.at(-1)?.content ?? ""]),
  );
  const traceIds = new Map(footballSample.answers.map(({ recordKey }) => [recordKey, newId("trc")]));
  repos.traces.insertMany(
    footballSample.answers.map(({ recordKey, output }) => ({
      id: traceIds.get(recordKey) ?? "",
      projectId: seeded.project.id,
      recordId: seeded.recordIds.get(recordKey) ?? "",
      recordRevision: 1,
      evaluationId,
      promptVersionId: seeded.version?.id ?? null,
      targetVersionId: seeded.targetVersionId,
      state: "OK",
      question: questions.get(recordKey) ?? "",
      output,
      cause: null,
      steps: [],
      provenance: "From the football sample · an example, simulated",
      outputKey: null,
      simulated: true,
      latencyMs: null,
      costUsd: null,
      createdAt: now() - LABELLED_BEFORE_MS - 60 * MINUTE_MS,
    })),
  );
  return traceIds;
}

function recordLabels(deps: ServiceDeps, seeded: SeededProject, traceIds: ReadonlyMap<string, string>): void {
  const { repos, now, newId } = deps;
  const experts = new Map(
    footballSample.experts.map((expert) => [expert.key, expertAccount(deps, seeded.project.id, expert)]),
  );
  const first = now() - LABELLED_BEFORE_MS;
  for (const [index, { recordKey, expert, grade, reason }] of footballSample.labels.entries()) {
    repos.labels.commit({
      id: newId("lbl"),
      projectId: seeded.project.id,
      traceId: traceIds.get(recordKey) ?? "",
      recordId: seeded.recordIds.get(recordKey) ?? "",
      judgeId: seeded.judgeId,
      judgeVersionId: seeded.judgeVersionId,
      authorId: experts.get(expert) ?? "",
      value: grade,
      reason,
      betterAnswer: null,
      flagged: false,
      purpose: "teaching",
      queueId: null,
      createdAt: first + index * MINUTE_MS,
    });
  }
}

/** Sample experts have accounts that nobody can sign in to. */
function expertAccount({ repos, now, newId }: ServiceDeps, projectId: string, expert: SampleExpert): string {
  const email = `${expert.key}.${projectId.toLowerCase()}@sample.invalid`;
  const { id } = repos.users.insert({
    id: newId("usr"),
    name: expert.name,
    email,
    isServerAdmin: false,
    at: now(),
  });
  repos.members.setRole(projectId, id, expert.role, now());
  return id;
}
