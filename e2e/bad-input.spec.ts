import type { Page } from "@playwright/test";
import { connectionTestSchema } from "@/lib/contracts/projects";
import { readinessSchema, recordListSchema, savedRecordSchema } from "@/lib/contracts/records";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords } from "./fixtures/clinic";
import { addConnection, OWNER } from "./fixtures/people";
import { startRefused } from "./fixtures/server";
import { expect, test } from "./fixtures/test";

test("an endpoint that cannot be used is told in words", async ({ serve, fakeLlm }) => {
  const locked = await fakeLlm({ key: "sk-right-0123456789" });
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const verdictOn = async (connectionId: string) =>
    api.post(`/api/v1/connections/${connectionId}/test`, { model: "sim-task" }, connectionTestSchema);

  const noKey = await verdictOn(await addConnection(api, locked.url));
  expect(noKey).toMatchObject({ ok: false });
  expect(noKey.headline).toMatch(/wants a key, and this connection has none/);

  const wrongKey = await verdictOn(await addConnection(api, locked.url, "sk-wrong-0123456789"));
  expect(wrongKey).toMatchObject({ ok: false });
  expect(wrongKey.headline).toMatch(/key/);
  expect(wrongKey.headline).not.toContain("sk-wrong-0123456789");

  await locked.stop();
  const down = await verdictOn(await addConnection(api, locked.url, "sk-right-0123456789"));
  expect(down).toMatchObject({ ok: false });
  expect(down.headline).toContain(new URL(locked.url).host);
  expect(down.steps.filter(({ status }) => status === "ok")).toEqual([]);
  expect(down.steps.map(({ detail }) => detail)).toContain(
    "Not tried: the endpoint has to be reached first.",
  );
});

test("bad lines of an import are named by number, the good ones are imported; a record without expectations is missed by the readiness", async ({
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { project } = await createClinic(api);
  const lines = clinicJsonl().trimEnd().split("\n");
  const file = [
    ...lines.slice(0, 2),
    '{"inputs": {"question": "Half a line',
    ...lines.slice(2, 16),
    '{"expectations": {"expected_response": "an answer to nothing"}}',
    '{"inputs": {"question": "What may she take for it?"}}',
  ].join("\n");

  const { preview, result } = await importRecords(api, project.id, file);
  expect(preview.counts).toEqual({ new: 17, changed: 0, duplicate: 0, invalid: 2 });
  expect(result).toMatchObject({ created: 17, updated: 0 });
  expect(result.rejected.map(({ line }) => line)).toEqual([3, 18]);
  expect(result.rejected.every(({ problem }) => (problem ?? "").length > 10)).toBe(true);

  const again = await importRecords(api, project.id, file);
  expect(again.result).toMatchObject({ created: 0, updated: 0, skipped: 17 });

  const readiness = await api.get(`/api/v1/projects/${project.id}/readiness`, readinessSchema);
  expect(readiness).toMatchObject({ total: 17, usable: 16 });
  expect(readiness.missingExpectations).toHaveLength(1);
  const { items } = await api.get(`/api/v1/projects/${project.id}/records?needsWork=true`, recordListSchema);
  expect(items.map(({ question }) => question)).toEqual(["What may she take for it?"]);
});

test("a second tab on the same record: both texts are shown, and none is lost", async ({
  page,
  context,
  watch,
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { project } = await createClinic(api);
  const record = await api.post(
    `/api/v1/projects/${project.id}/records`,
    {
      inputs: { messages: [{ role: "user", content: "Caller feels faint. What do I ask first?" }] },
      expectations: { expected_response: "asks for chest pain" },
    },
    savedRecordSchema,
  );
  await context.addCookies(api.browserCookies());
  const second = await context.newPage();
  const address = `${server.url}/p/${project.id}/records/${record.id}`;
  await page.goto(address);
  await second.goto(address);

  await write(page, "asks for chest pain and for breath");
  await expect(page.getByText(/^Saved \d/)).toBeVisible();
  watch.expectProblem(/412/);
  await write(second, "asks how long it has lasted");
  await expect(
    second.getByRole("heading", { name: "Jo changed this record while you were editing" }),
  ).toBeVisible();
  await expect(second.getByText("Nothing was saved over the other text, and nothing is lost")).toBeVisible();
  const stored = () => api.get(`/api/v1/records/${record.id}`, savedRecordSchema.omit({ hints: true }));
  expect((await stored()).expectations.expected_response).toBe("asks for chest pain and for breath");

  await second.getByRole("button", { name: "Keep all of mine" }).click();
  await expect(second.getByText(/^Saved \d/)).toBeVisible();
  expect(await stored()).toMatchObject({
    revision: 3,
    expectations: { expected_response: "asks how long it has lasted" },
  });
  const history = JSON.stringify(await api.send("GET", `/api/v1/records/${record.id}/revisions`));
  expect(history).toContain("asks for chest pain and for breath");
});

test("a second server on the same data names the one that has it, and ends", async ({ serve }) => {
  const server = await serve();
  const { code, output } = await startRefused(server.dataDir);
  expect(code).toBe(1);
  expect(output).toContain(`is in use by process ${server.pid} at 127.0.0.1:${server.port}`);
  expect(output).toContain("Nothing was changed.");
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

async function write(page: Page, expected: string): Promise<void> {
  await page.getByLabel("A good answer…").fill(expected);
}
