import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { acquireLock, DatabaseLockedError } from "@/db/lock";
import { AppError } from "@/lib/contracts/errors";
import { startRunInput } from "@/lib/contracts/runs";
import { type Container, type ContainerOptions, createContainer } from "../container";
import type { Env } from "../env";
import { BadInput } from "./bad-input";
import { countFailures } from "./count-failures";
import type { HeadlessInputs } from "./inputs";
import { ACTOR, makeHeadlessProject } from "./make-project";
import type { HeadlessOptions } from "./options";
import { planHoldout } from "./plan-holdout";
import { type ExitCode, exitCodeOf, GAVE_UP, type HeadlessResult, isFailure, outcomeOfRun } from "./result";
import { scoreHoldout } from "./score-holdout";
import { PATIENCE_MS, type WatchedRun, type WatchOptions, watchRun } from "./watch-run";

export interface HeadlessParts extends Pick<WatchOptions, "stop" | "onProgress" | "say"> {
  env: Env;
  patienceMs?: readonly number[];
  /** For tests: another network or world of the simulated models. */
  container?: Pick<ContainerOptions, "sandboxSeed" | "wrapSandboxFetch">;
}

export interface HeadlessOutcome {
  result: HeadlessResult;
  exitCode: ExitCode;
  /** Why failures stopped it, in words; null when they did not. */
  failure: string | null;
}

/** Searches for a better prompt with the services of the app, without a browser. Throws `BadInput`. */
export async function optimizeHeadless(
  options: HeadlessOptions,
  inputs: HeadlessInputs,
  parts: HeadlessParts,
): Promise<HeadlessOutcome> {
  const startedAt = performance.now();
  const { sealed, alike } = planHoldout(inputs.records, options.holdout, options.seed);
  if (alike > 0)
    parts.say(
      `${alike} of the ${sealed.size} records kept from the search read almost like some of the search, so the holdout may flatter the result.`,
    );
  const { container, release } = open(options, parts);
  try {
    container.start();
    const watched = await search(container, options, inputs, sealed, parts);
    return await conclude(container, watched, sealed.size > 0, startedAt, parts);
  } finally {
    await container.close();
    release();
  }
}

/** The services over a database in memory, or over a file whose folder holds its key and its lock. */
function open(
  { db }: Pick<HeadlessOptions, "db">,
  { env, container }: HeadlessParts,
): { container: Container; release(): void } {
  // Nothing listens here, so private addresses may be called; answers go to stdout, so the log must not.
  const quiet: Env = {
    ...env,
    HOST: "127.0.0.1",
    TOUCHSTONE_LOG_LEVEL: "silent",
    TOUCHSTONE_SANDBOX_DELAY_MS: 0,
  };
  if (db === undefined)
    return {
      container: createContainer({ ...container, env: quiet, databaseFile: ":memory:" }),
      release: () => {},
    };
  const folder = path.dirname(db);
  if (!existsSync(folder)) throw new BadInput([`--db ${db}: there is no folder ${folder}. Make it first.`]);
  try {
    const lock = acquireLock(folder, { pid: process.pid, host: quiet.HOST, port: null, since: Date.now() });
    const made = createContainer({
      ...container,
      env: { ...quiet, TOUCHSTONE_DATA_DIR: folder },
      databaseFile: db,
    });
    return { container: made, release: () => lock.release() };
  } catch (error) {
    if (error instanceof DatabaseLockedError) throw new BadInput([`--db ${db}: ${error.message}`]);
    throw new BadInput([
      `--db ${db} cannot be opened: ${error instanceof Error ? error.message : String(error)}. Name a new file, or leave --db out.`,
    ]);
  }
}

async function search(
  container: Container,
  options: HeadlessOptions,
  inputs: HeadlessInputs,
  sealed: ReadonlySet<number>,
  parts: HeadlessParts,
): Promise<WatchedRun> {
  const { projectId, promptVersionId, judgeVersionId } = makeHeadlessProject(
    container.deps,
    options,
    inputs,
    sealed,
  );
  const { maxMetricCalls, strategy, lanes, seed, split, concurrency } = options;
  const reason = "Started from the command line.";
  const input = startRunInput.parse({
    promptVersionId,
    judges: [{ judgeVersionId, weight: 1 }],
    maxMetricCalls,
    strategy,
    lanes,
    seed,
    reason,
  });
  try {
    const run = container.services.runs.start(ACTOR, projectId, input, {
      ...(split ? { split } : {}),
      concurrency,
    });
    if (run.manifest.lanes < lanes)
      parts.say(`${maxMetricCalls} scored answers leave room for ${run.manifest.lanes} of ${lanes} lanes.`);
    const { stop, onProgress, say, patienceMs = PATIENCE_MS } = parts;
    return await watchRun(container, run.id, { stop, onProgress, say, patienceMs });
  } catch (error) {
    if (error instanceof AppError) throw new BadInput([error.message]);
    throw error;
  }
}

async function conclude(
  { deps }: Container,
  { run, jobId, failure }: WatchedRun,
  hasHoldout: boolean,
  startedAt: number,
  { say }: HeadlessParts,
): Promise<HeadlessOutcome> {
  const { view } = run;
  const { seedId, bestId, initialScore, finalScore } = outcomeOfRun(run);
  const stopReason = view.ended?.stopReason ?? GAVE_UP;
  const stored = deps.repos.runs.byId(run.id);
  if (!stored) throw new Error("the run is gone");
  const scored =
    hasHoldout && !isFailure(stopReason) ? await scoreHoldout(deps, stored, bestId, seedId) : null;
  if (scored && scored.failed > 0)
    say(`${scored.failed} records of the holdout could not be scored and are left out.`);
  const totals = deps.repos.paidCalls.totals(jobId);
  const callsOf = (role: string): number => totals.find((one) => one.role === role)?.calls ?? 0;
  const result: HeadlessResult = {
    bestPrompt: promptText(
      deps,
      stored.promptVersionId,
      deps.repos.candidates.byId(run.id, bestId)?.components ?? {},
    ),
    initialScore,
    finalScore,
    holdout: scored?.result ?? null,
    metricCalls: view.metricCalls,
    llmCalls: { task: callsOf("task"), judge: callsOf("judge"), reflection: callsOf("reflection") },
    candidates: view.candidates.filter(({ status }) => status !== "refused").length,
    wallMs: Math.round(performance.now() - startedAt),
    stopReason,
    failures: countFailures(deps, stored, scored?.failed ?? 0),
  };
  const cause = isFailure(stopReason) ? (failure ?? view.ended?.detail ?? stopReason) : null;
  return { result, exitCode: exitCodeOf(result, bestId === seedId), failure: cause };
}

function promptText(
  { repos }: Container["deps"],
  promptVersionId: string,
  components: Readonly<Record<string, string>>,
): string {
  const layout = repos.prompts.versionById(promptVersionId)?.layout ?? Object.keys(components);
  return layout.map((name) => components[name] ?? "").join("\n\n");
}
