import type { Job } from "@/db/repos/jobs.repo";
import type { Run } from "@/db/repos/runs.repo";
import { type StartRunInput, startRunInput } from "@/lib/contracts/runs";
import type { SeenWorker } from "@/lib/rollouts/queue/worker-census";
import { WORKER_SECRET } from "@/test/worker-process";
import { ACTOR, type HeadlessProject, makeHeadlessProject } from "../../headless/make-project";
import { clinicFixture } from "../../sample/clinic-fixture";
import { createTestServices, type TestServices } from "../../testing/test-services";

/** A server whose rollouts workers do, with a project whose models are all at one endpoint. */
export interface WorkedServer {
  server: TestServices;
  liveWorkers(): SeenWorker[];
  /** Another project like it, with a connection of its own. */
  anotherProject(): HeadlessProject;
  /** In the first project where none is given. @returns the run's id */
  startRun(input?: Partial<StartRunInput>, project?: HeadlessProject): string;
  runOf(runId: string): Run;
  jobOf(runId: string): Job | null;
  /** Resolves when the run's job has left the runner. */
  ended(runId: string): Promise<void>;
  /** Calls whose replies are committed. */
  boughtCalls(runId: string): number;
  /** Calls that were lost and flown once more. */
  repeatedCalls(runId: string): number;
  /** Calls that the provider refused as too many. */
  refusals(runId: string): number;
  setMonthlyCap(usd: number): void;
}

/** A dollar per thousand tokens, and no longer replies than these. */
const PRICE = { inputPerMillion: 1_000, outputPerMillion: 1_000 };
const MAX_OUTPUT_TOKENS = 600;
const MODELS = { task: "m-task", judge: "m-judge", reflection: "m-reflect" } as const;

export function startWorkedServer(
  redisUrl: string,
  baseUrl: string,
  { callsAtOnce }: { callsAtOnce: number },
): WorkedServer {
  const server = createTestServices(
    { REDIS_URL: redisUrl, TOUCHSTONE_SECRET: WORKER_SECRET },
    { takesWorkers: true },
  );
  const { deps, services, actor } = server;
  const { repos } = deps;
  const anotherProject = (): HeadlessProject => projectAt(server, baseUrl, callsAtOnce);
  const first = anotherProject();
  const runOf = (runId: string): Run => {
    const run = repos.runs.byId(runId);
    if (!run) throw new Error("there is no such run");
    return run;
  };
  const sum = (runId: string, pick: "calls" | "repeated"): number =>
    repos.paidCalls.totals(runOf(runId).jobId).reduce((all, one) => all + one[pick], 0);
  return {
    server,
    liveWorkers: () => deps.queue?.stats().workers.filter(({ isLive }) => isLive) ?? [],
    anotherProject,
    startRun: (input, project = first) =>
      services.runs.start(
        ACTOR,
        project.projectId,
        startRunInput.parse({
          promptVersionId: project.promptVersionId,
          judges: [{ judgeVersionId: project.judgeVersionId, weight: 1 }],
          reason: "A test.",
          ...input,
        }),
        { concurrency: 16 },
      ).id,
    runOf,
    jobOf: (runId) => repos.jobs.byId(runOf(runId).jobId),
    ended: (runId) => deps.jobs.finished(runOf(runId).jobId),
    boughtCalls: (runId) => sum(runId, "calls"),
    repeatedCalls: (runId) => sum(runId, "repeated"),
    refusals: (runId) =>
      [...deps.models.troublesOf(runOf(runId).jobId).values()].reduce(
        (all, kinds) => all + (kinds.get("rate-limited") ?? 0),
        0,
      ),
    setMonthlyCap: (monthlyCapUsd) => {
      const { settings } = services.projects.get(actor, first.projectId);
      services.projects.update(actor, first.projectId, { settings: { ...settings, monthlyCapUsd } });
    },
  };
}

function projectAt({ deps }: TestServices, baseUrl: string, callsAtOnce: number): HeadlessProject {
  const { startingPrompt: prompt, judge } = clinicFixture;
  const records = clinicFixture.records.map((record, line) => ({
    line,
    inputs: { v: 1 as const, ...record.inputs },
    expectations: { v: 1 as const, ...record.expectations },
    tags: [...record.tags],
    critical: false,
  }));
  const endpoint = {
    baseUrl,
    taskModel: MODELS.task,
    judgeModel: MODELS.judge,
    reflectionModel: MODELS.reflection,
  };
  const inputs = { records, prompt, instructions: judge.instructions, scale: judge.scale };
  const made = makeHeadlessProject(deps, { endpoint, concurrency: callsAtOnce }, inputs, new Set());
  const project = deps.repos.projects.byId(made.projectId);
  if (!project) throw new Error("the project was not made");
  const settings = { maxOutputTokens: MAX_OUTPUT_TOKENS };
  const { models } = project;
  deps.repos.projects.update(
    made.projectId,
    {
      models: {
        ...models,
        task: { ...models.task, settings },
        judge: { ...models.judge, settings },
        reflection: { ...models.reflection, settings },
      },
    },
    deps.now(),
  );
  const prices = Object.fromEntries(Object.values(MODELS).map((model) => [model, PRICE]));
  deps.repos.connections.update(models.task.connectionId, { prices }, deps.now());
  return made;
}
