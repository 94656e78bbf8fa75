import { afterEach, describe, expect, it, vi } from "vitest";
import { type StartRunInput, startRunInput } from "@/lib/contracts/runs";
import type { FetchLike } from "@/lib/llm";
import { sum } from "@/lib/util/math";
import { SIMULATED_CONNECTION_ID } from "../connections/own-connections";
import { clinicFixture } from "../sample/clinic-fixture";
import { footballSample } from "../sample/football-sample";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

const launch = (seeded: SeededProject, changes: Partial<StartRunInput> = {}) => {
  const judges = [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }];
  return server.services.runs.start(
    server.actor,
    seeded.project.id,
    startRunInput.parse({ promptVersionId: seeded.version?.id, judges, ...changes }),
  );
};
const hostEvents = (runId: string) =>
  server.deps.repos.runEvents.listByType(runId, ["paused", "resumed", "run-failed"]).map(({ body }) => body);

describe("a run, from launch to its end, over the simulated models", () => {
  it.each([
    ["football", footballSample],
    ["clinic", clinicFixture],
  ])(
    "%s: spends at most its budget and journals a recommendation, money, forecast and luck band",
    async (_name, content) => {
      server = createTestServices();
      const started = launch(server.seed(content));
      await server.idle();
      const run = server.services.runs.get(server.actor, started.id);
      expect(run.cause).toBeNull();
      expect(run.state).toBe("done");
      expect(run.view.metricCalls).toBeLessThanOrEqual(75);
      expect(run.view.ended?.recommendedCandidateId).toBeDefined();
      const { repos } = server.deps;
      const forecasts = repos.runEvents.listByType(run.id, ["forecast-updated"]);
      expect(forecasts.length).toBeGreaterThan(2);
      const luck = run.view.luckBand.at(-1);
      expect(luck?.low).toBeLessThan(luck?.high ?? 0);
      expect(repos.runEvents.listByType(run.id, ["money-updated"]).at(-1)?.body).toMatchObject({
        spentUsd: null,
        savedUsd: null,
      });
    },
  );
});

describe("product.md: the budget is hard", () => {
  const prices = Object.fromEntries(
    ["sim-task", "sim-judge", "sim-reflect"].map((model) => [
      model,
      { inputPerMillion: 1, outputPerMillion: 4 },
    ]),
  );

  it.each([0.05, 0.12])(
    "never spends more than a cap of $%f, and says that the money ended it",
    async (maxUsd) => {
      server = createTestServices();
      const { repos, now } = server.deps;
      const seeded = server.seed(clinicFixture);
      repos.connections.update(SIMULATED_CONNECTION_ID, { prices }, now());
      const { id } = launch(seeded, { maxUsd });
      await server.idle();
      const run = server.services.runs.get(server.actor, id);
      const spent = sum(
        repos.paidCalls.totals(repos.runs.byId(id)?.jobId ?? "").map(({ costUsd }) => costUsd ?? 0),
      );
      expect(run.view.ended?.stopReason).toBe("money");
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThanOrEqual(maxUsd);
      expect(run.view.spentUsd).toBeCloseTo(spent, 10);
      expect(run.view.metricCalls).toBeLessThan(75);
    },
  );

  it("ends when its minutes are over", async () => {
    server = createTestServices();
    const { id } = launch(server.seed(clinicFixture), { maxMinutes: 0.0005 });
    await server.idle();
    const { view } = server.services.runs.get(server.actor, id);
    expect(view.ended?.stopReason).toBe("time");
    expect(view.metricCalls).toBeLessThan(75);
  });

  it("a cap in money is refused where a price is not known", () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    expect(() => launch(seeded, { maxUsd: 1 })).toThrow(/no price is known for sim-task/);
  });

  it("what another run has answered already is charged but not paid for, and its worth is told", async () => {
    server = createTestServices();
    const { repos, now } = server.deps;
    const seeded = server.seed(clinicFixture);
    repos.connections.update(SIMULATED_CONNECTION_ID, { prices }, now());
    const first = launch(seeded, { maxMetricCalls: 40 });
    await server.idle();
    const second = launch(seeded, { maxMetricCalls: 40, seed: 2 });
    await server.idle();
    const before = server.services.runs.get(server.actor, first.id).view;
    const after = server.services.runs.get(server.actor, second.id).view;
    expect(before.savedUsd).toBe(0);
    expect(after.savedUsd).toBeGreaterThan(0);
    expect(after.metricCalls).toBe(40);
  });
});

describe("pauses are told, with their cause", () => {
  it("of a person: paused and resumed once each, and the run ends as it would have", async () => {
    let isAsked = false;
    server = createTestServices(
      {},
      {
        wrapSandboxFetch: (fetch) => (input, init) => {
          if (!isAsked) void server.services.runs.control(server.actor, runId, "pause");
          isAsked = true;
          return fetch(input, init);
        },
      },
    );
    let runId = "";
    runId = launch(server.seed(clinicFixture)).id;
    await vi.waitFor(() => expect(server.services.runs.get(server.actor, runId).view.paused).not.toBeNull(), {
      timeout: 5_000,
    });
    expect(server.services.runs.get(server.actor, runId)).toMatchObject({
      state: "paused",
      view: { paused: { byPerson: true, cause: "Paused by Tester." } },
    });
    await server.services.runs.control(server.actor, runId, "resume");
    await server.idle();
    expect(server.services.runs.get(server.actor, runId)).toMatchObject({
      state: "done",
      view: { paused: null },
    });
    expect(hostEvents(runId)).toEqual([
      { type: "paused", cause: "Paused by Tester.", byPerson: true },
      { type: "resumed", afterCrash: false, repeatedAfterCrash: 0 },
    ]);
  });

  it("of a connection in trouble: by nobody's wish, with what the endpoint said; resumed, it asks again", async () => {
    let isBroken = false;
    const broken: FetchLike = async () =>
      Response.json({ error: { message: "key revoked" } }, { status: 401 });
    let calls = 0;
    server = createTestServices(
      {},
      {
        wrapSandboxFetch: (fetch) => (input, init) => {
          calls += 1;
          if (calls === 50) isBroken = true;
          return isBroken ? broken(input, init) : fetch(input, init);
        },
      },
    );
    const { id } = launch(server.seed(clinicFixture));
    await vi.waitFor(() => expect(server.services.runs.get(server.actor, id).state).toBe("paused"), {
      timeout: 5_000,
    });
    const { paused } = server.services.runs.get(server.actor, id).view;
    expect(paused?.byPerson).toBe(false);
    expect(paused?.cause).toMatch(/key|refused|401/i);
    isBroken = false;
    await server.services.runs.control(server.actor, id, "resume");
    await server.idle();
    const run = server.services.runs.get(server.actor, id);
    expect(run.state).toBe("done");
    expect(run.view.failedRollouts).toBe(0);
    expect(hostEvents(id).map(({ type }) => type)).toEqual(["paused", "resumed"]);
  });
});

describe("people's inputs", () => {
  it("stop takes the best at the next decision; a hint is journaled and shown", async () => {
    let calls = 0;
    server = createTestServices(
      {},
      {
        wrapSandboxFetch: (fetch) => (input, init) => {
          calls += 1;
          if (calls === 40)
            server.services.runs.steer(server.actor, runId, {
              kind: "hint",
              text: "ask for the caller's age first",
            });
          if (calls === 70) void server.services.runs.control(server.actor, runId, "stop");
          return fetch(input, init);
        },
      },
    );
    let runId = "";
    runId = launch(server.seed(clinicFixture)).id;
    await server.idle();
    const run = server.services.runs.get(server.actor, runId);
    expect(run.view.ended?.stopReason).toBe("user");
    expect(run.view.hints).toEqual(["ask for the caller's age first"]);
    await expect(server.services.runs.control(server.actor, runId, "pause")).rejects.toMatchObject({
      code: "run-not-active",
    });
  });
});
