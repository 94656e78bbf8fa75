import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Repos } from "@/db/repos/create-repos";
import type { JobKind } from "@/db/repos/jobs.repo";
import { SPEND_STOP } from "@/lib/contracts/spend";
import { createPausingModels } from "../jobs/pausing-caller";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createMonthPurse, SpendStopped } from "./month-purse";

const NOW = Date.UTC(2026, 10, 15);
let server: TestServices;
let repos: Repos;
let projectId: string;

beforeEach(() => {
  server = createTestServices();
  repos = server.deps.repos;
  projectId = server.services.projects.create(server.actor, { name: "P", startingPrompt: "" }).id;
});
afterEach(() => server.close());

const setCap = (monthlyCapUsd: number | null): void => {
  const { settings } = server.services.projects.get(server.actor, projectId);
  server.services.projects.update(server.actor, projectId, { settings: { ...settings, monthlyCapUsd } });
};
function job(id: string, kind: JobKind = "judge-check"): string {
  const caps = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
  repos.jobs.enqueue({ id, kind, projectId, subjectId: "x", caps, total: 1, actorId: "system:test", at: 1 });
  repos.jobs.pause(id, "a test", 1);
  return id;
}
function called(jobId: string, costUsd: number | null, at = NOW, simulated = false): void {
  const id = `call_${Math.random()}`;
  const start = {
    id,
    jobId,
    callKey: id,
    requestHash: "h",
    role: "judge",
    model: "m",
    connectionId: "con_x",
  };
  repos.paidCalls.insert(
    { ...start, request: {}, simulated, at },
    { reply: {}, inputTokens: 10, outputTokens: 5, costUsd, latencyMs: 1, simulated, at },
  );
}

describe("the month's cap", () => {
  it("counts this month's real calls, sets aside the most that flights can cost, and lets go of what is left over", () => {
    const id = job("job_1");
    called(id, 0.5);
    called(id, 7, Date.UTC(2026, 9, 31));
    called(id, 9, NOW, true);
    setCap(1);
    const purse = createMonthPurse(repos, () => NOW);
    const first = purse.reserve(id, () => 0.3);
    expect(() => purse.reserve(id, () => 0.3)).toThrow(SpendStopped);
    first.settle(0.1);
    const second = purse.reserve(id, () => 0.4);
    expect(() => purse.reserve(id, () => 0.01)).toThrow(/\$1\.00, is used up: \$0\.6000 are spent/);
    second.settle(0);
    expect(() => purse.reserve(id, () => 0.4)).not.toThrow();
  });

  it("begins anew with the month, is not kept where no price is known, and counts nothing without a cap", () => {
    const id = job("job_1");
    let now = NOW;
    setCap(1);
    const purse = createMonthPurse(repos, () => now);
    purse.reserve(id, () => 0.9).settle(0.9);
    expect(() => purse.reserve(id, () => 0.2)).toThrow(SpendStopped);
    expect(() => purse.reserve(id, () => null)).toThrow(/no price is known/);
    now = Date.UTC(2026, 11, 1);
    expect(() => purse.reserve(id, () => 0.2)).not.toThrow();
    setCap(null);
    expect(() => purse.reserve(id, () => null)).not.toThrow();
    setCap(0.1);
    expect(purse.left(projectId)).toBe(0);
  });

  it("parks the job that asks, and raising the cap lets it go on", async () => {
    const causes: string[] = [];
    let resume: () => void = () => undefined;
    let tries = 0;
    const models = createPausingModels(
      {
        call: () => {
          tries += 1;
          return tries === 1
            ? Promise.reject(new SpendStopped(`${SPEND_STOP}, $1.00, is used up.`))
            : Promise.resolve({ text: "yes" } as never);
        },
        agent: () => Promise.reject(new Error("none")),
        embed: () => Promise.reject(new Error("none")),
      },
      {
        pause: (cause) => causes.push(cause),
        whilePaused: () => (causes.length === 0 ? Promise.resolve() : new Promise((go) => (resume = go))),
        isHeld: () => false,
        onHeld: () => () => undefined,
        waitOut: undefined as never,
        signal: new AbortController().signal,
      },
    );
    const asked = models.call({} as never, {} as never, new AbortController().signal);
    await Promise.resolve();
    while (causes.length === 0) await Promise.resolve();
    expect(causes).toEqual([`${SPEND_STOP}, $1.00, is used up.`]);
    await new Promise((go) => setImmediate(go));
    resume();
    expect(await asked).toEqual({ text: "yes" });

    const id = job("job_2", "draft");
    repos.jobs.requeue(id, 2);
    repos.jobs.pause(id, causes[0] ?? "", 3);
    setCap(5);
    await server.idle();
    expect(repos.jobs.byId(id)?.state).not.toBe("paused");
  });
});

it("a month is told by purpose, model and day; simulated calls cost nothing and unpriced ones are told apart", () => {
  const check = job("job_1");
  const run = job("job_2", "run");
  called(check, 0.5);
  called(check, null);
  called(run, 2, NOW + 86_400_000);
  called(run, 3, Date.UTC(2026, 9, 31));
  called(run, 9, NOW, true);
  const month = server.services.spend.month(server.actor, projectId, "2026-11");
  expect(month).toMatchObject({
    total: { calls: 4, usd: 2.5, unpriced: 1, inputTokens: 40, outputTokens: 20 },
    capUsd: null,
    byPurpose: [
      { kind: "run", role: "judge", calls: 2, usd: 2 },
      { kind: "judge-check", calls: 2, usd: 0.5, unpriced: 1 },
    ],
    byDay: [
      { day: "2026-11-15", usd: 0.5 },
      { day: "2026-11-16", usd: 2 },
    ],
    parked: [],
  });
  expect(month.byModel).toHaveLength(2);
  expect(month.months).toEqual(expect.arrayContaining(["2026-11", "2026-10"]));
  expect(server.services.spend.month(server.actor, projectId, "2026-10").total.usd).toBe(3);
});
