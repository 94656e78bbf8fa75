import { targetViewSchema } from "@/lib/contracts/targets";
import { startAgent } from "./agent/client";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun, useConnection } from "./fixtures/clinic";
import { addConnection, OWNER } from "./fixtures/people";
import type { RunningServer } from "./fixtures/server";
import { readStored } from "./fixtures/stored";
import { expect, test } from "./fixtures/test";

const BUDGET = 45;
/** Answers scored when the server is killed: the search is under way, and far from over. */
const MIDDLE = 25;

test("a run whose server is killed goes on after the next start, and no committed reply is asked for again", async ({
  serve,
  fakeLlm,
}) => {
  const endpoint = await fakeLlm({ delayMs: 80 });
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const clinic = await createClinic(api);
  const { project } = clinic;
  await useConnection(api, project.id, await addConnection(api, endpoint.url));
  await importRecords(api, project.id, clinicJsonl());
  const run = await startRun(api, clinic, { maxMetricCalls: BUDGET, seed: 5 });
  await run.scored(MIDDLE);

  await server.kill();
  const { committed, inFlight, integrity } = await callsAtKill(server);
  expect(committed.length).toBeGreaterThan(MIDDLE);
  expect(integrity).toBe("ok");
  const loggedAtKill = (await endpoint.log()).length;

  await server.restart();
  await expect.poll(async () => (await run.read()).state, { timeout: 30_000 }).toBe("done");
  const { view } = await run.read();
  expect(view.metricCalls).toBeLessThanOrEqual(BUDGET);
  expect(view.ended?.recommendedScore).toBeGreaterThanOrEqual(view.ended?.seedScore ?? 0);
  await server.stop();

  const atEnd = await readStored(server.dataDir);
  expect(atEnd.integrity).toBe("ok");
  expect(atEnd.calls.filter(({ repliedAt }) => repliedAt === null)).toEqual([]);
  expect(atEnd.calls.filter((call) => committed.some(({ callKey }) => callKey === call.callKey))).toEqual(
    committed,
  );
  const log = (await endpoint.log()).filter(({ path }) => path.endsWith("/chat/completions"));
  expect(log.length, "the run was not over yet").toBeGreaterThan(loggedAtKill);
  // Two calls may ask the same in the same words; each of them is asked once, and once more if it was in flight.
  expect(
    askedTooOften(log, [...atEnd.calls, ...inFlight]),
    "committed replies that were asked for again",
  ).toEqual([]);
});

test("a run over an agent of one's own outlives a kill too: no answer that was kept is asked for again", async ({
  page,
  context,
  serve,
  fakeLlm,
}) => {
  const endpoint = await fakeLlm({ delayMs: 40 });
  const agent = await startAgent(endpoint.url);
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const clinic = await createClinic(api);
  const { project } = clinic;
  await useConnection(api, project.id, await addConnection(api, endpoint.url));
  await importRecords(api, project.id, clinicJsonl());
  await connectAgent(api, project.id, agent.url);
  const run = await startRun(api, clinic, { maxMetricCalls: BUDGET, seed: 5 });
  await run.scored(MIDDLE);

  await server.kill();
  const { committed, inFlight } = await callsAtKill(server);
  const askedAtKill = (await agent.log()).length;
  expect(askedAtKill).toBeGreaterThan(0);

  await server.restart();
  await page.goto(`${server.url}/p/${project.id}/runs/${run.id}`);
  await expect(
    page.getByText("A candidate is ready.").or(page.getByText("No candidate was better.", { exact: false })),
  ).toBeVisible({ timeout: 60_000 });
  expect((await run.read()).view.metricCalls).toBeLessThanOrEqual(BUDGET);
  // What a page fetches ahead would meet a server that is gone.
  await page.close();
  await server.stop();

  const atEnd = await readStored(server.dataDir);
  expect(atEnd.calls.filter((call) => committed.some(({ callKey }) => callKey === call.callKey))).toEqual(
    committed,
  );
  const log = (await agent.log()).map((asked) => ({ asked }));
  expect(log.length, "the run was not over yet").toBeGreaterThan(askedAtKill);
  expect(
    askedTooOften(log, [...atEnd.calls, ...inFlight]),
    "committed answers of the agent that were asked for again",
  ).toEqual([]);
  agent.stop();
});

/** Of the calls that a killed server had made: those whose reply it had kept, and the others. */
async function callsAtKill(server: RunningServer) {
  const { calls, integrity } = await readStored(server.dataDir);
  return {
    committed: calls.filter(({ repliedAt }) => repliedAt !== null),
    inFlight: calls.filter(({ repliedAt }) => repliedAt === null),
    integrity,
  };
}

/** What was asked more often than the calls that were kept or cut allow: it was paid for twice. */
function askedTooOften(asked: readonly { asked: string }[], calls: readonly { asked: string }[]): unknown[] {
  const allowed = countBy(calls);
  return [...countBy(asked)].filter(([one, count]) => count > (allowed.get(one) ?? 0));
}

/** Stored, and used from now on. It is not tested here: the run asks its canary itself. */
async function connectAgent(api: Api, projectId: string, url: string): Promise<void> {
  const target = `/api/v1/projects/${projectId}/target`;
  const saved = await api.send("PUT", `${target}/agent`, {
    body: {
      url,
      replyPointer: "/text",
      stepsPointer: "/steps",
      usagePointer: "/usage",
      maxConcurrency: 8,
      timeoutMs: 20_000,
      maxUsdPerCall: 0.01,
      headers: [{ name: "authorization", value: "Bearer agent-secret" }],
    },
  });
  targetViewSchema.parse(saved);
  await api.send("PUT", target, { body: { use: "http" } });
}

function countBy(list: readonly { asked: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { asked } of list) counts.set(asked, (counts.get(asked) ?? 0) + 1);
  return counts;
}
