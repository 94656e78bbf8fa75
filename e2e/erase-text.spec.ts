import { readFile } from "node:fs/promises";
import path from "node:path";
import { auditPageSchema } from "@/lib/contracts/audit";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import { projectSchema } from "@/lib/contracts/projects";
import { recordListSchema, savedRecordSchema } from "@/lib/contracts/records";
import { Api } from "./fixtures/api";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const NAME = "Quentin Zypher";

/** The database file and its write-ahead log, as whoever copies the folder would read them, without regard to case. */
async function filesHold(dataDir: string, words: string): Promise<boolean> {
  const files = await Promise.all(
    ["touchstone.db", "touchstone.db-wal"].map((name) =>
      readFile(path.join(dataDir, name)).catch(() => Buffer.alloc(0)),
    ),
  );
  return files.some((file) => file.toString("latin1").toLowerCase().includes(words.toLowerCase()));
}

test("a person asks to be forgotten: their name is shown, erased, and nowhere any more", async ({
  page,
  context,
  serve,
  watch,
}) => {
  expect(watch.problems).toEqual([]);
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { id } = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  const record = await api.post(
    `/api/v1/projects/${id}/records`,
    {
      inputs: { messages: [{ role: "user", content: `Can ${NAME} play on Sunday?` }] },
      expectations: { expected_response: `Says what the report says of ${NAME}.` },
    },
    savedRecordSchema,
  );
  await api.send("PATCH", `/api/v1/records/${record.id}`, {
    body: { expectations: { expected_response: `Names the report of ${NAME.toUpperCase()}.` } },
    headers: { "if-match": `"${record.revision}"` },
  });
  await api.send("POST", "/api/v1/traces", {
    body: { project: id, traces: [{ recordId: record.id, output: `${NAME} is out.` }] },
  });
  expect(await filesHold(server.dataDir, NAME)).toBe(true);
  await context.addCookies(api.browserCookies());

  await page.goto(`${server.url}/p/${id}/settings`);
  await page.getByRole("link", { name: "Erase text" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Erase text" })).toBeVisible();
  await lookAt(page, "30-erase-empty", { onPhone: true });
  await page.getByLabel("Words").fill("quentin zypher");
  await page.getByRole("button", { name: "Show what would go" }).click();
  const changes = page.getByRole("list", { name: "What would change" });
  await expect(changes).toContainText("revisions of records");
  await expect(changes).toContainText("answers");
  await lookAt(page, "31-erase-preview", { onPhone: true });
  await page.getByRole("button", { name: "Erase it for good" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Erase it", exact: true }).click();
  await expect(page.getByRole("list", { name: "Erased so far" })).toContainText("Words");
  await expect(page.getByLabel("Words")).toHaveValue("");

  expect(await filesHold(server.dataDir, NAME), "in the files").toBe(false);
  const found = await api.get(`/api/v1/projects/${id}/records?q=Zypher`, recordListSchema);
  expect(found.items).toEqual([]);
  for (const read of [`/api/v1/records/${record.id}`, `/api/v1/records/${record.id}/revisions`]) {
    const text = JSON.stringify(await api.send("GET", read));
    expect(text.toLowerCase()).not.toContain("zypher");
    expect(text).toContain(ERASED_TEXT);
  }
  await page.goto(`${server.url}/p/${id}/records/${record.id}`);
  await expect(page.getByLabel("Question").first()).toHaveValue(`Can ${ERASED_TEXT} play on Sunday?`);
  await expect(page.getByText("Zypher")).toHaveCount(0);

  const log = await api.get(`/api/v1/projects/${id}/audit?action=text-erased`, auditPageSchema);
  expect(log.items).toMatchObject([{ actorName: OWNER.name, details: { kind: "words" } }]);
  expect(JSON.stringify(log).toLowerCase()).not.toContain("zypher");
});

test("whoever keeps the server finds who did what, what it cost and what takes the room", async ({
  page,
  context,
  serve,
  watch,
}) => {
  expect(watch.problems).toEqual([]);
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { id } = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  await context.addCookies(api.browserCookies());

  await page.goto(`${server.url}/server/audit`);
  await expect(page.getByRole("row", { name: "set the server up" })).toBeVisible();
  await page.getByLabel("Did what").selectOption({ label: "set the server up" });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/action=server-set-up/);
  await expect(page.getByText("One act, as it was written down.")).toBeVisible();
  await lookAt(page, "32-audit", { onPhone: true });
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  expect((await file).suggestedFilename()).toMatch(/^audit-.*\.csv$/);

  await page.goto(`${server.url}/p/${id}/settings/spend`);
  await page.getByLabel("US dollars a month").fill("-3");
  await page.getByRole("button", { name: "Save the cap" }).click();
  await expect(page.getByText("A sum in dollars above 0")).toBeVisible();
  await page.getByLabel("US dollars a month").fill("12.5");
  await page.getByRole("button", { name: "Save the cap" }).click();
  await expect(page.getByText("The cap is $12.50;")).toBeVisible();
  await lookAt(page, "33-spend", { onPhone: true });

  await page.goto(`${server.url}/server/storage`);
  await expect(page.getByText("No backup is known.")).toBeVisible();
  await page.getByRole("button", { name: "Write the file anew" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Write it anew" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await lookAt(page, "34-storage", { onPhone: true });
});
