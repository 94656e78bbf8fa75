import { expect, test } from "vitest";
import { createLedger } from "./budget";
import { createRolloutDesk, type RolloutNotice, runJobs } from "./rollout-desk";
import { failed, fakeDeps, scored } from "./testing/fakes";
import type { Rollout, RolloutRequest } from "./types";

const runnable = { id: "c1", candidate: { system: "text" }, key: "text" };

function deskWith(
  evaluate: (request: RolloutRequest) => Rollout | Promise<Rollout>,
  calls = 100,
  concurrency = 4,
) {
  const deps = fakeDeps({ evaluate, reflect: () => ({ status: "failed", cause: "unused" }) });
  const notices: RolloutNotice[] = [];
  const desk = createRolloutDesk(deps.evaluator, concurrency, deps.signal, (notice) => notices.push(notice));
  const wallet = createLedger(calls).grant(calls);
  const run = (...ids: string[]) =>
    runJobs(
      desk,
      wallet,
      ids.map((exampleId) => ({ runnable, exampleId })),
      "rung",
    );
  return { desk, wallet, run, notices, requests: deps.requests };
}

test("RO2 equal requests are one call, also while it is in flight", async () => {
  const { desk, requests } = deskWith(() => scored(1));
  const [first, second] = await Promise.all([
    desk.ask(runnable, "r1", 0, "rung"),
    desk.ask(runnable, "r1", 0, "seed"),
  ]);
  expect(first).toBe(second);
  await desk.ask({ ...runnable, id: "c9" }, "r1", 0, "rung");
  expect(requests).toHaveLength(1);
});

test("RO3 a failed rollout is run again twice with samples 1 and 2", async () => {
  const { run, requests, wallet } = deskWith(({ exampleId, sample }) =>
    exampleId === "bad" || sample < 1 ? failed() : scored(0.5),
  );
  const batch = await run("flaky", "bad");
  expect(requests.map(({ exampleId, sample }) => `${exampleId} ${sample}`)).toEqual([
    "flaky 0",
    "bad 0",
    "flaky 1",
    "bad 1",
    "bad 2",
  ]);
  expect([...batch.of(runnable).scored.keys()]).toEqual(["flaky"]);
  expect([...batch.of(runnable).failed]).toEqual([["bad", "the judge could not be read"]]);
  expect(batch.outcomes).toEqual([true, false]);
  expect(wallet.callKeys()).toHaveLength(5);
});

test("RO4 re-runs stop where the wallet ends, in the order of the jobs", async () => {
  const { run, requests } = deskWith(() => failed(), 3);
  await run("a", "b");
  expect(requests.map(({ exampleId, sample }) => `${exampleId} ${sample}`)).toEqual(["a 0", "b 0", "a 1"]);
});

test("BU2 an unanswered failure costs nothing", async () => {
  const { run, wallet, desk } = deskWith(() => failed(false, "connection refused"));
  await run("a");
  expect(wallet.callKeys()).toHaveLength(0);
  expect(desk.answered()).toBe(0);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.1])(
  "RO5 a score of %d is a failure that was answered",
  async (score) => {
    const { run, wallet } = deskWith(() => scored(score));
    expect((await run("a")).of(runnable).failed.get("a")).toContain("out of range");
    expect(wallet.callKeys()).toHaveLength(3);
  },
);

test("RO5 so is a judge score out of range", async () => {
  const { run } = deskWith(() => ({ ...scored(0.5), objectives: { tone: 7 } }) as Rollout);
  expect((await run("a")).of(runnable).scored.size).toBe(0);
});

test("RO1 at most so many rollouts are in flight", async () => {
  let [now, most] = [0, 0];
  const { run } = deskWith(
    async () => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      return scored(1);
    },
    100,
    3,
  );
  await run("a", "b", "c", "d", "e", "f", "g");
  expect(most).toBe(3);
});
