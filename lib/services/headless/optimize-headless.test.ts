import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { createRepos } from "@/db/repos/create-repos";
import type { FetchLike } from "@/lib/llm";
import { readEnv } from "../env";
import { readInputs } from "./inputs";
import { type HeadlessParts, optimizeHeadless } from "./optimize-headless";
import { readOptions } from "./options";
import { writeClinicFiles } from "./testing/clinic-files";

const { folder, args } = writeClinicFiles();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Enough for a proposal or two: these tests are not about the gain. */
const SMALL = ["--max-metric-calls", "36"];

async function optimize(more: string[], parts: Partial<HeadlessParts> = {}) {
  const options = readOptions([...args, ...more]);
  if (options === "help") throw new Error("no help was asked for");
  const inputs = await readInputs(options, (file) => readFileSync(file, "utf8"));
  const said: string[] = [];
  const env = readEnv({ NODE_ENV: "test" });
  const quiet = {
    env,
    stop: new AbortController().signal,
    onProgress: () => {},
    say: (text: string) => void said.push(text),
  };
  return { ...(await optimizeHeadless(options, inputs, { ...quiet, ...parts })), inputs, said };
}

it("keeps the holdout from the search, scores both prompts on it, and improves", async () => {
  const { result, exitCode, inputs } = await optimize([]);
  expect(exitCode).toBe(0);
  expect(result.bestPrompt).not.toBe(inputs.prompt);
  expect(result.metricCalls).toBeLessThanOrEqual(75);
  const { holdout } = result;
  expect(holdout).toMatchObject({ n: Math.round(0.3 * inputs.records.length) });
  expect(holdout!.better + holdout!.worse + holdout!.same).toBe(holdout!.n);
  expect(holdout!.after).toBeGreaterThan(holdout!.before!);
  expect(result.finalScore).toBeGreaterThan(result.initialScore!);
  expect(result.llmCalls.task).toBeGreaterThanOrEqual(result.metricCalls);
});

it("does the same again with the same seed, whatever the concurrency", async () => {
  const [first, second] = [
    await optimize(["--seed", "3", ...SMALL]),
    await optimize(["--seed", "3", "--concurrency", "2", ...SMALL]),
  ];
  expect({ ...second.result, wallMs: 0 }).toEqual({ ...first.result, wallMs: 0 });
});

it.each(["shared", "halves"] as const)(
  "gives every record to the search with --holdout 0 and --split %s",
  async (split) => {
    const file = path.join(mkdtempSync(path.join(folder, "db-")), "kept.db");
    const { result, inputs } = await optimize(["--holdout", "0", "--split", split, "--db", file, ...SMALL]);
    expect(result.holdout).toBeNull();
    const database = openDatabase(file);
    const [project] = createRepos(database).projects.list();
    const [run] = createRepos(database).runs.list(project!.id);
    database.close();
    const { trainset, valset } = run!.manifest;
    const shared = trainset.filter((id) => valset.includes(id)).length;
    expect(new Set([...trainset, ...valset]).size).toBe(inputs.records.length);
    expect(shared).toBe(split === "shared" ? inputs.records.length : 0);
  },
);

it("stops when asked to, takes the best, and still scores the holdout", async () => {
  const stop = new AbortController();
  const onProgress = ({ metricCalls }: { metricCalls: number }) => {
    if (metricCalls >= 30) stop.abort();
  };
  const { result, exitCode } = await optimize([], { stop: stop.signal, onProgress });
  expect(result).toMatchObject({ stopReason: "user", holdout: { n: 7 } });
  expect(result.metricCalls).toBeLessThan(75);
  expect([0, 3]).toContain(exitCode);
});

it("ends with 4 and the cause when the models cannot be reached, and invents no score", async () => {
  const wrap = (): FetchLike => async () =>
    Response.json({ error: { message: "wrong key" } }, { status: 401 });
  const { result, exitCode, failure, inputs } = await optimize([], { container: { wrapSandboxFetch: wrap } });
  expect(exitCode).toBe(4);
  expect(failure).toMatch(/key/i);
  expect(result).toMatchObject({
    bestPrompt: inputs.prompt,
    initialScore: null,
    finalScore: null,
    holdout: null,
    stopReason: "connection-failing",
  });
});

it("waits for a connection that worked before, and takes the best so far when it stays away", async () => {
  let calls = 0;
  const wrap =
    (real: FetchLike): FetchLike =>
    (input, init) =>
      ++calls > 60
        ? Promise.resolve(Response.json({ error: { message: "gone" } }, { status: 401 }))
        : real(input, init);
  const { result, exitCode, said } = await optimize([], {
    container: { wrapSandboxFetch: wrap },
    patienceMs: [5, 5],
  });
  expect(said.filter((text) => text.includes("Trying again"))).toHaveLength(2);
  expect(exitCode).toBe(4);
  expect(result.initialScore).not.toBeNull();
});

it("HO1 a storm of 429 that does not end: tried again twice, then given up with the best so far, all counted", async () => {
  let calls = 0;
  // The provider asks for a longer wait than any call is given.
  const refusal = (): Response =>
    Response.json({ error: { message: "slow down" } }, { status: 429, headers: { "retry-after": "3600" } });
  const wrap =
    (real: FetchLike): FetchLike =>
    (input, init) =>
      ++calls > 60 ? Promise.resolve(refusal()) : real(input, init);
  const { result, exitCode, failure, said } = await optimize([], {
    container: { wrapSandboxFetch: wrap },
    patienceMs: [5, 5],
  });
  expect({ exitCode, stopReason: result.stopReason, holdout: result.holdout }).toEqual({
    exitCode: 4,
    stopReason: "connection-failing",
    holdout: null,
  });
  expect(failure).toContain("429");
  expect(said.filter((text) => text.includes("Trying again"))).toHaveLength(2);
  expect(result.metricCalls).toBeLessThanOrEqual(60);
  const refused = Object.values(result.failures.calls).map((kinds) => kinds["rate-limited"] ?? 0);
  expect(refused.reduce((total, count) => total + count, 0)).toBe(calls - 60);
});

it("HO3 counts nothing where nothing went wrong", async () => {
  const { result } = await optimize([...SMALL, "--holdout", "0"]);
  const { proposals: _refused, repairs: _repaired, ...failures } = result.failures;
  expect(failures).toEqual({ calls: { task: {}, judge: {}, reflection: {} }, rollouts: 0, holdout: 0 });
});

it("refuses a budget without room for an edit as bad input", async () => {
  await expect(optimize(["--max-metric-calls", "5"])).rejects.toThrow(
    "scored answers leave room for no suggested edit",
  );
});
