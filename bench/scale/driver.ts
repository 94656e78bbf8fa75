import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startRunInput } from "@/lib/contracts/runs";
import { createPoolExecutor } from "@/lib/rollouts/pool-executor";
import type { RolloutExecutor } from "@/lib/rollouts/types";
import { type Container, createContainer } from "@/lib/services/container";
import { readEnv } from "@/lib/services/env";
import { ACTOR, makeHeadlessProject } from "@/lib/services/headless/make-project";
import { createRolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { judgeSnapshotOf } from "@/lib/services/runs/run-frame";
import { clinicFixture } from "@/lib/services/sample/clinic-fixture";
import { openQueue } from "@/lib/services/workers/open-queue";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { mapLimit } from "@/lib/util/map-limit";
import type { DriverOrder, LoadResult, RunResult } from "./orders";

/**
 * The server of these measurements, as a process of its own: `tsx bench/scale/driver.ts ORDER`. It has the real
 * container and database; what it did is one line of JSON, the last that it prints.
 */
const order = JSON.parse(process.argv[2] ?? "") as DriverOrder;
const env = readEnv();
const idsFile = path.join(env.TOUCHSTONE_DATA_DIR, "ids.json");

switch (order.do) {
  case "prepare":
    await prepare(order.endpoint);
    break;
  case "run":
    print(await run(order));
    break;
  case "load":
    print(await load(order));
    break;
}
process.exit(0);

function print(result: RunResult | LoadResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function prepare(baseUrl: string): Promise<void> {
  const container = createContainer({ env });
  const records = clinicFixture.records.map((record, line) => ({
    line,
    inputs: { v: 1 as const, ...record.inputs },
    expectations: { v: 1 as const, ...record.expectations },
    tags: [...record.tags],
    critical: false,
  }));
  const { startingPrompt: prompt, judge } = clinicFixture;
  const inputs = { records, prompt, instructions: judge.instructions, scale: judge.scale };
  const [taskModel, judgeModel, reflectionModel] = ["sim-task", "sim-judge", "sim-reflect"];
  const endpoint = { baseUrl, taskModel, judgeModel, reflectionModel };
  // A connection whose limit is no part of what is measured.
  const project = makeHeadlessProject(container.deps, { endpoint, concurrency: 4_096 }, inputs, new Set());
  writeFileSync(idsFile, JSON.stringify(project));
  await container.close();
}

/** One run to its end: begun here, or by an earlier life of this process that was killed. */
async function run({
  metricCalls,
  concurrency,
  seed,
}: Extract<DriverOrder, { do: "run" }>): Promise<RunResult> {
  const startedAt = Date.now();
  const container = createContainer({ env, takesWorkers: true });
  const { deps, services } = container;
  const { projectId, promptVersionId, judgeVersionId } = readIds();
  const begun = deps.repos.runs.list(projectId)[0]?.id ?? null;
  container.start();
  const runId =
    begun ??
    services.runs.start(
      ACTOR,
      projectId,
      startRunInput.parse({
        promptVersionId,
        judges: [{ judgeVersionId, weight: 1 }],
        maxMetricCalls: metricCalls,
        seed,
        reason: "Measured.",
      }),
      { concurrency },
    ).id;
  const jobId = deps.repos.runs.byId(runId)?.jobId ?? "";
  await deps.jobs.finished(jobId);
  const result = resultOf(container, runId, jobId, Date.now() - startedAt);
  await container.close();
  return result;
}

function resultOf({ deps }: Container, runId: string, jobId: string, wallMs: number): RunResult {
  const { repos } = deps;
  const decisions = repos.runEvents.listDecisions(runId).map(({ body }) => body);
  const totals = repos.paidCalls.totals(jobId);
  const sum = (pick: (one: (typeof totals)[number]) => number): number =>
    totals.reduce((all, one) => all + pick(one), 0);
  return {
    state: repos.jobs.byId(jobId)?.state ?? "gone",
    cause: repos.jobs.byId(jobId)?.cause ?? null,
    decisions: decisions.length,
    decisionsHash: sha256Hex(stableStringify(decisions)),
    pauses: repos.runEvents
      .listByType(runId, ["paused"])
      .flatMap(({ body }) => (body.type === "paused" ? [body.cause] : [])),
    rollouts: repos.rollouts.listByOwner({ kind: "run", id: runId }).length,
    calls: sum(({ calls }) => calls),
    repeated: sum(({ repeated }) => repeated),
    wallMs,
  };
}

/** Rollouts as fast as they go, none of which is known already; the middle part is timed. */
async function load({ rollouts, inFlight }: Extract<DriverOrder, { do: "load" }>): Promise<LoadResult> {
  const container = createContainer({ env });
  const { deps } = container;
  const queue = env.REDIS_URL ? openQueue({ ...deps, env }, env.REDIS_URL, () => null) : null;
  const pool: RolloutExecutor = createPoolExecutor({ fetch: deps.agentFetch, limit: 1_024 });
  const { projectId, judgeVersionId } = readIds();
  const project = deps.repos.projects.byId(projectId);
  if (!project) throw new Error("prepare first");
  const jobId = deps.newId("job");
  const at = deps.now();
  deps.repos.jobs.enqueue({
    id: jobId,
    kind: "evaluation",
    projectId,
    subjectId: jobId,
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: rollouts,
    actorId: "system",
    at,
  });
  const frame = {
    owner: { kind: "evaluation", id: jobId },
    target: { kind: "chat", versionId: "tgv_load", task: project.models.task },
    layout: ["system"],
    judges: [{ snapshot: judgeSnapshotOf(deps, judgeVersionId), weight: 1, model: project.models.judge }],
    models: deps.models.forJob(jobId),
    memo: "here",
  } as const;
  const records = deps.repos.records
    .listPractice(projectId)
    .map(({ id: recordId, inputs, expectations }) => ({ recordId, inputs, expectations }));
  const runner = createRolloutRunner(deps, queue?.executor ?? pool);
  const ends: number[] = [];
  const cpu = process.cpuUsage();
  const scores = await mapLimit(
    Array.from({ length: rollouts }, (_, index) => index),
    inFlight,
    async (index) => {
      const record = records[index % records.length];
      if (!record) throw new Error("no records");
      const components = { system: `${clinicFixture.startingPrompt}\n\nVariant ${index}.` };
      const ask = { candidateId: `c${index}`, components, record, sample: 0, purpose: "load" };
      const { score } = await runner.run(frame, ask, new AbortController().signal);
      ends.push(performance.now());
      return score;
    },
    new AbortController().signal,
  );
  const { user, system } = process.cpuUsage(cpu);
  const [from, to] = [Math.floor(rollouts * 0.2), Math.floor(rollouts * 0.8)];
  const result = {
    rolloutsPerSecond: (to - from) / (((ends[to] ?? 0) - (ends[from] ?? 0)) / 1_000),
    scored: scores.filter((score) => score !== null).length,
    scoresHash: sha256Hex(JSON.stringify(scores)),
    cpuMs: (user + system) / 1_000,
  };
  await queue?.close();
  await container.close();
  return result;
}

function readIds(): ReturnType<typeof makeHeadlessProject> {
  return JSON.parse(readFileSync(idsFile, "utf8")) as ReturnType<typeof makeHeadlessProject>;
}
