import { z } from "zod";
import { createdApiKeySchema } from "@/lib/contracts/accounts";
import { evaluationSchema } from "@/lib/contracts/evaluations";
import { alignmentViewSchema } from "@/lib/contracts/judges";
import { committedLabelSchema, labelItemSchema, queueViewSchema } from "@/lib/contracts/labels";
import { connectionSchema } from "@/lib/contracts/projects";
import { promptReadSchema } from "@/lib/contracts/prompts";
import { reviewSchema } from "@/lib/contracts/reviews";
import { wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import { preflightSchema } from "@/lib/contracts/runs";
import type { Fault } from "./fake-llm/protocol";
import { Api } from "./fixtures/api";
import { type Clinic, clinicJsonl, createClinic, importRecords, useConnection } from "./fixtures/clinic";
import { gradeAnswer } from "./fixtures/grade-answer";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const KEY = "sk-clinic-1234567890";
const LIMIT: Fault = { kind: "status", status: 429, retryAfterMs: 20 };
const TROUBLE: Fault = { kind: "status", status: 500 };

test("the whole loop through a real endpoint that limits and fails now and then", async ({
  page,
  context,
  serve,
  fakeLlm,
}) => {
  test.setTimeout(120_000);
  const endpoint = await fakeLlm({ key: KEY });
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const clinic = await createClinic(api);
  const projectPath = `/api/v1/projects/${clinic.project.id}`;

  await test.step("connect it in Settings, where it is tested", async () => {
    await context.addCookies(api.browserCookies());
    await page.goto(`${server.url}/p/${clinic.project.id}/settings`);
    await page.getByRole("button", { name: "Connect a model" }).click();
    const dialog = page.getByRole("dialog", { name: "Connect a model" });
    await dialog.getByLabel("Name", { exact: true }).fill("Clinic endpoint");
    await dialog.getByLabel("Base URL").fill(endpoint.url);
    await dialog.getByLabel("Key").fill(KEY);
    await dialog.getByLabel("Model for the test").fill("sim-task");
    await dialog.getByRole("button", { name: "Save and test" }).click();
    await expect(dialog.getByText("It works.")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("button", { name: "Test Clinic endpoint" })).toBeVisible();
  });
  const { items } = await api.get("/api/v1/connections", z.object({ items: z.array(connectionSchema) }));
  const connection = items.find(({ name }) => name === "Clinic endpoint");
  expect(connection).toMatchObject({ kind: "real", hasKey: true });
  expect(JSON.stringify(items)).not.toContain(KEY);
  await useConnection(api, clinic.project.id, connection?.id ?? "");
  const imported = await importRecords(api, clinic.project.id, clinicJsonl());
  expect(imported.result.rejected).toEqual([]);

  await test.step("get answers, past limits and failures", async () => {
    await endpoint.reset();
    await endpoint.control({
      next: [LIMIT, TROUBLE, { kind: "ok" }, LIMIT, TROUBLE],
      share: { every: 11, fault: LIMIT },
    });
    const started = await api.post(
      `${projectPath}/evaluations`,
      { promptVersionId: firstVersion(clinic), queueSize: 12 },
      evaluationSchema,
    );
    const round = await untilOver(() => api.get(`/api/v1/evaluations/${started.id}`, evaluationSchema));
    expect(round).toMatchObject({
      state: "done",
      answered: round.total,
      couldNotBeScored: 0,
      simulated: false,
    });
  });
  await test.step("label", async () => expect(await labelAll(api, clinic)).toBe(12));

  const judgeVersionId = await test.step("teach the judge", async () => {
    await endpoint.control({ next: [TROUBLE, LIMIT], share: { every: 9, fault: TROUBLE } });
    const started = await api.post(`/api/v1/judges/${clinic.judge.id}/alignments`, {}, alignmentViewSchema);
    const taught = await untilOver(() => api.get(`/api/v1/alignments/${started.id}`, alignmentViewSchema));
    expect(taught, taught.cause ?? "").toMatchObject({ state: "done", simulated: false });
    expect(taught.after?.n).toBeGreaterThan(0);
    await api.send("POST", `/api/v1/alignments/${started.id}/decision`, { body: { decision: "used" } });
    return taught.draftVersionId ?? "";
  });

  const run = await test.step("run", async () => {
    await endpoint.control({ next: [], share: { every: 13, fault: { kind: "status", status: 503 } } });
    const input = {
      promptVersionId: firstVersion(clinic),
      judges: [{ judgeVersionId, weight: 1 }],
      maxMetricCalls: 60,
      seed: 2,
    };
    const preflight = await api.post(`${projectPath}/runs/preflight`, input, preflightSchema);
    expect(preflight.sends).toMatchObject({ simulated: false, host: new URL(endpoint.url).host });
    const started = await api.post(
      `${projectPath}/runs`,
      { ...input, reason: "Trying the loop." },
      wireRunSnapshotSchema,
    );
    const over = await untilOver(() => api.get(`/api/v1/runs/${started.id}`, wireRunSnapshotSchema));
    expect(over, over.cause ?? "").toMatchObject({ state: "done", simulated: false });
    expect(over.view.metricCalls).toBeLessThanOrEqual(60);
    return over;
  });
  const recommended = run.view.ended?.recommendedCandidateId;
  expect(recommended, "the run found something better").not.toBe(run.view.seedCandidateId);

  const text = await test.step("review and promote", async () => {
    await endpoint.control({ next: [LIMIT], share: null });
    const opened = await api.post(
      `${projectPath}/reviews`,
      { runId: run.id, candidateId: recommended },
      reviewSchema,
    );
    const reviewPath = `/api/v1/reviews/${opened.id}`;
    await api.post(`${reviewPath}/evidence`, undefined, reviewSchema);
    const scored = await untilOver(async () => {
      const review = await api.get(reviewPath, reviewSchema);
      return { ...review, state: review.evidence?.state ?? "queued" };
    });
    expect(scored.evidence).toMatchObject({ state: "done", look: 1, simulated: false });
    expect(scored.gate.targetAlias).toBe("production");
    for (const loss of scored.evidence?.losses.filter(({ confirmed }) => confirmed) ?? []) {
      await api.send("POST", `${reviewPath}/accept-regression`, {
        body: { recordId: loss.recordId, reason: "Rare." },
      });
    }
    const promoted = await api.post(
      `${reviewPath}/promote`,
      {
        expectedCurrent: scored.currentVersion,
        reason: "The nurses want it.",
        override: scored.evidence?.verdict !== "better",
      },
      reviewSchema,
    );
    expect(promoted.promotion).toMatchObject({ version: 2, fromVersion: 1, alias: "production" });
    return promoted.text;
  });

  await test.step("an agent fetches it", async () => {
    const made = await api.post(
      `${projectPath}/keys`,
      { name: "agent-a", scopes: ["prompts:read"] },
      createdApiKeySchema,
    );
    const response = await fetch(`${server.url}/api/v1/prompts/${clinic.prompt.name}@production`, {
      headers: { authorization: `Bearer ${made.secret}` },
    });
    const read = promptReadSchema.parse(await response.json());
    expect(read).toMatchObject({ version: 2, alias: "production", text });
    expect(read.text).not.toBe(clinic.prompt.versions[0]?.text);
  });
  const statuses = new Set((await endpoint.log()).map(({ status }) => status));
  expect([...statuses].sort()).toEqual([200, 429, 500, 503]);
  expect(server.log()).not.toContain(KEY);
});

function firstVersion({ prompt }: Clinic): string {
  return prompt.versions[0]?.id ?? "";
}

/** Labels every answer that the queue gives. @returns how many */
async function labelAll(api: Api, { project, judge }: Clinic): Promise<number> {
  const { items } = await api.get(
    `/api/v1/projects/${project.id}/queues`,
    z.object({ items: z.array(queueViewSchema).length(1) }),
  );
  const queueId = items[0]?.id ?? "";
  const next = z.object({ item: labelItemSchema.nullable() });
  for (let count = 0; ; count += 1) {
    const { item } = await api.post(`/api/v1/queues/${queueId}/next`, {}, next);
    if (!item) return count;
    const { value, reason } = gradeAnswer(item);
    await api.post(
      "/api/v1/labels",
      { traceId: item.traceId, judgeId: judge.id, queueId, value, reason },
      committedLabelSchema,
    );
  }
}

/** The thing as it stands when its work is over. */
async function untilOver<Thing extends { state: string }>(read: () => Promise<Thing>): Promise<Thing> {
  let latest = await read();
  await expect
    .poll(
      async () => {
        latest = await read();
        return latest.state;
      },
      { timeout: 40_000, intervals: [100] },
    )
    .toMatch(/^(done|failed|cancelled|paused)$/);
  return latest;
}
