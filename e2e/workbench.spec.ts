import type { Locator, Page } from "@playwright/test";
import { z } from "zod";
import { listedLabelSchema, queueViewSchema } from "@/lib/contracts/labels";
import { projectSchema } from "@/lib/contracts/projects";
import { recordListSchema } from "@/lib/contracts/records";
import { storageSchema } from "@/lib/contracts/storage";
import { Api } from "./fixtures/api";
import { expectAccessible, lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const PHONE = { width: 390, height: 844 };
const CELLS = [
  "Frage\tAntwort\tThema",
  "Who plays left guard on short yardage?\tNames him and says since when\tred zone",
  "How often do they blitz from trips?\tGives a share with its sample size\tblitz",
  "\tNobody asks anything here\tblitz",
].join("\n");

test("records by keyboard alone: paste with columns, search, many at once with undo, undo and redo in one", async ({
  page,
  context,
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  await context.addCookies(api.browserCookies());
  const records = `${server.url}/p/${project.id}/records`;
  const total = async (query: string) =>
    (await api.get(`/api/v1/projects/${project.id}/records?${query}`, recordListSchema)).total;

  await test.step("paste from a spreadsheet, say what the columns are, see what would happen, import", async () => {
    await page.goto(records);
    await tabTo(page, page.getByRole("button", { name: /Import/ }));
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Paste from a spreadsheet" }).press("Enter");
    const cells = page.getByLabel("Cells");
    await cells.focus();
    await page.keyboard.insertText(CELLS);
    await page.getByRole("button", { name: "Look at it" }).press("Enter");
    await expect(page.getByText("No column is called question.")).toBeVisible();
    await lookAt(page, "import-columns", { inPlace: true });
    await choose(page.getByLabel("Column Frage is read as"), "question");
    await expect(page.getByText("2 new records.")).toBeVisible();
    // the second choice is made before the first is answered: both count
    const answer = Promise.withResolvers<void>();
    await page.route(/\/columns$/, async (route) => {
      await answer.promise;
      await route.continue();
    });
    await choose(page.getByLabel("Column Antwort is read as"), "expected_response");
    await choose(page.getByLabel("Column Thema is read as"), "tags");
    await expect(page.getByLabel("Column Antwort is read as")).toHaveValue("expected_response");
    answer.resolve();
    await expect(page.getByText("1 cannot be used", { exact: false })).toBeVisible();
    await expectAccessible(page, "the preview of an import");
    await page.getByRole("button", { name: "Import 2 records" }).press("Enter");
    await expect(page.getByText("2 records written, 1 line left out.")).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("search, tick all that fit, tag them, take it back", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("left guard short");
    await expect(page.getByText("1 record", { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/q=left/);
    await page.getByRole("checkbox", { name: "Choose all 1 that fit" }).press("Space");
    await page.getByLabel("Tag for the chosen records").focus();
    await page.keyboard.type("from the meeting");
    await page.keyboard.press("Enter");
    await expect(page.getByText("“from the meeting” added to 1 record.").first()).toBeVisible();
    expect(await total("tag=from%20the%20meeting")).toBe(1);
    await expectAccessible(page, "records with some of them chosen");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await expect(page.getByText("1 record as before.").first()).toBeVisible();
    expect(await total("tag=from%20the%20meeting")).toBe(0);
  });

  await test.step("open it, change it before it is read anew, undo and redo by key; it is saved", async () => {
    const saved = page.getByText(/^Saved \d/);
    const read = /\/api\/v1\/records\/[^/]+$/;
    const firstSave = Promise.withResolvers<void>();
    // stays for the rest of the test: a route that is taken back while it holds a request handles it twice
    await page.route(read, async (route) => {
      if (route.request().method() === "GET") await firstSave.promise;
      await route.continue();
    });
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const answer = page.getByLabel("A good answer…");
    await answer.focus();
    await page.keyboard.press("End");
    await page.keyboard.type(", with the week");
    await expect(saved).toBeVisible();
    firstSave.resolve();
    await page.getByRole("button", { name: "Undo", exact: true }).press("Enter");
    await expect(answer).toHaveValue("Names him and says since when");
    await page.getByRole("button", { name: "Do it again" }).press("Enter");
    await expect(answer).toHaveValue(/with the week$/);
    await expectAccessible(page, "a record beside the list");
  });
});

test("one queue on two devices, by keyboard and by touch: every label is kept, also without a connection", async ({
  browser,
  context,
  page,
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  await context.addCookies(api.browserCookies());
  const queues = z.object({ items: z.array(queueViewSchema) });
  const [queue] = (await api.get(`/api/v1/projects/${project.id}/queues`, queues)).items;
  const address = `${server.url}/p/${project.id}/label/${queue?.id}`;
  const phone = await browser.newContext({ viewport: PHONE, hasTouch: true, reducedMotion: "reduce" });
  await phone.addCookies(api.browserCookies());
  const thumb = await phone.newPage();

  await page.goto(address);
  await thumb.goto(address);
  await expect(page.getByText(/^1 of 6/)).toBeVisible();
  await expect(thumb.getByText(/^1 of 6/)).toBeVisible();
  await expectAccessible(thumb, "labelling on a phone");

  // the tab of the phone loses its connection; what it saves is kept and sent later
  await phone.setOffline(true);
  await labelByTouch(thumb, "4");
  await expect(thumb.getByText("Kept in this tab.", { exact: false }).first()).toBeVisible();
  for (const grade of ["2", "4", "5"]) await labelByKey(page, grade);
  await phone.setOffline(false);
  const mine = z.object({ items: z.array(listedLabelSchema) });
  await expect
    .poll(async () => (await api.get(`/api/v1/projects/${project.id}/labels?mine=true`, mine)).items.length)
    .toBeGreaterThanOrEqual(3);
  const { items } = await api.get(`/api/v1/projects/${project.id}/labels?mine=true`, mine);
  expect(new Set(items.map(({ traceId }) => traceId)).size).toBe(items.length);
  await phone.close();
});

test("a project is archived, brought back, and deleted once its name is typed", async ({
  page,
  context,
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const sample = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  const project = await api.patch(`/api/v1/projects/${sample.id}`, { name: "Spring camp" }, projectSchema);
  await context.addCookies(api.browserCookies());
  await page.goto(server.url);
  const more = page.getByRole("button", { name: "More for Spring camp" });
  await more.press("Enter");
  await page.getByRole("menuitem", { name: /^Archive/ }).press("Enter");
  await page.getByText("Archived (1)").click();
  await page.getByRole("button", { name: "Bring back Spring camp" }).press("Enter");
  await expect(more).toBeVisible();
  await more.press("Enter");
  await page.getByRole("menuitem", { name: "Delete…" }).press("Enter");
  await expect(page.getByText(/^60 records, 36 answers, .* are deleted, with every revision/)).toBeVisible();
  await expect(page.getByText("No agent has fetched its prompts so far.")).toBeVisible();
  await lookAt(page, "delete-project", { onPhone: true });
  await page.getByLabel("Type the name: Spring camp").fill("Spring camp");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("“Spring camp” is deleted. What belonged to it is being removed.").first(),
  ).toBeVisible();
  expect((await api.fetch("GET", `/api/v1/projects/${project.id}`)).status).toBe(404);
  const storage = async () => api.get("/api/v1/server/storage", storageSchema);
  await expect.poll(async () => (await storage()).removing).toEqual([]);
  const rows = (await storage()).tables.filter(({ table }) =>
    ["records", "labels", "traces"].includes(table),
  );
  expect(rows.map((table) => table.rows)).toEqual([0, 0, 0]);
});

/** Tab by Tab, as somebody without a pointer gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("It cannot be reached with Tab.");
}

/** A value of a list, chosen as a person does without a pointer. */
async function choose(select: Locator, value: string): Promise<void> {
  await select.focus();
  await select.selectOption(value);
}

async function labelByKey(page: Page, grade: string): Promise<void> {
  const before = await page.locator("main").textContent();
  await page.keyboard.press(grade);
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).not.toHaveText(before ?? "");
}

async function labelByTouch(page: Page, grade: string): Promise<void> {
  await page.getByRole("radio", { name: new RegExp(`^${grade}`) }).tap();
  await page.getByRole("button", { name: "Save and next" }).tap();
}
