import type { Locator, Page } from "@playwright/test";
import { z } from "zod";
import { queueViewSchema } from "@/lib/contracts/labels";
import { importPreviewSchema, importStateSchema } from "@/lib/contracts/record-imports";
import { recordListSchema, savedRecordSchema } from "@/lib/contracts/records";
import { sentTracesSchema } from "@/lib/contracts/traces";
import { lookAt } from "./fixtures/look";
import type { Team } from "./fixtures/team";
import { expect, test } from "./fixtures/test";

/** Enough that a pause asked for at once finds the import at work. */
const ROWS = 5_000;
const OUTPUTS = ["They run inside zone.", "They throw the slant.", "They punt."];

test("a queue made by keyboard waits on the Home of who is asked, and of nobody else; it is labelled there", async ({
  teamOf,
}) => {
  const team = await teamOf([
    { name: "Noor", role: "expert" },
    { name: "Eve", role: "expert" },
    { name: "Lea", role: "lead" },
  ]);
  await answerAnew(team);
  const lea = await team.page("Lea");

  await test.step("the lead makes it: three answers, two experts each, as listed, for two of three people", async () => {
    await lea.goto(`/p/${team.projectId}/answers`);
    await tabTo(lea, lea.getByRole("button", { name: "New queue" }));
    await lea.keyboard.press("Enter");
    const dialog = lea.getByRole("dialog", { name: "New queue" });
    await expect(dialog.getByText("3 have no label yet and wait in no queue.")).toBeVisible();
    await expect(dialog.getByLabel("Answers")).toHaveValue("3");
    await tabTo(lea, dialog.getByRole("checkbox", { name: "Noor" }));
    await lea.keyboard.press("Space");
    await tabTo(lea, dialog.getByRole("checkbox", { name: "Lea" }));
    await lea.keyboard.press("Space");
    await tabTo(lea, dialog.getByLabel("Experts an answer"));
    await lea.keyboard.press("ArrowUp");
    await expect(dialog.getByLabel("Experts an answer")).toHaveValue("2");
    await tabTo(lea, dialog.getByLabel("Order"));
    await dialog.getByLabel("Order").selectOption({ label: "As they were listed" });
    await lookAt(lea, "queue-new", { onPhone: true });
    await tabTo(lea, dialog.getByRole("button", { name: "Make the queue" }));
    await lea.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(lea.getByRole("link", { name: "Label 3", exact: true })).toBeVisible();
  });

  await test.step("who was not asked has nothing of it on Home", async () => {
    const eve = await team.page("Eve");
    await eve.goto("/");
    await expect(eve.getByRole("heading", { name: "Waiting for you" })).toBeVisible();
    await expect(eve.getByRole("link", { name: "Label 6 answers" })).toBeVisible();
    await expect(eve.getByText("Label 3 answers")).toHaveCount(0);
  });

  await test.step("who was asked finds it on Home, and labels it by keyboard to its end", async () => {
    const queue = await newestQueue(team, "Noor");
    expect(queue).toMatchObject({ expertsPerItem: 2, askOrder: "listed", leftForMe: 3 });
    expect(queue.assignees.map(({ name }) => name).toSorted()).toEqual(["Lea", "Noor"]);
    const noor = await team.page("Noor");
    await noor.goto("/");
    await expect(noor.getByRole("heading", { name: "Waiting for you" })).toBeVisible();
    await lookAt(noor, "home-with-queue", { onPhone: true });
    await noor.goto(`/p/${team.projectId}/label/${queue.id}`);
    for (const [at, grade] of ["2", "4", "3"].entries()) {
      await expect(noor.getByRole("heading", { name: `Question ${at + 1} of 3` })).toBeVisible();
      await noor.keyboard.press(grade);
      await noor.keyboard.press("Enter");
    }
    await expect.poll(async () => (await newestQueue(team, "Noor")).leftForMe).toBe(0);
    await expect.poll(async () => (await newestQueue(team, "Noor")).doneByMe).toBe(3);
    // each answer is asked of two: it still waits for the other
    expect((await newestQueue(team, "Lea")).leftForMe).toBe(3);
  });

  await test.step("what waits for her is gone from Home", async () => {
    const noor = await team.page("Noor");
    await noor.goto("/");
    await expect(noor.getByText("Label 3 answers")).toHaveCount(0);
  });
});

test("a record from an answer, and from a better answer; an import met again; the worst grades first", async ({
  teamOf,
}) => {
  const team = await teamOf([{ name: "Noor", role: "expert" }]);
  const [sent] = await answerAnew(team);
  const record = await team.api("Noor").get(`/api/v1/records/${sent?.recordId}`, savedShape);
  const noor = await team.page("Noor");

  await test.step("a better answer goes into the record below what it says, and back out of it", async () => {
    await betterAnswer(team, sent?.traceId ?? "");
    await noor.goto(`/p/${team.projectId}/answers`);
    const mine = noor.getByRole("listitem").filter({ hasText: "Inside zone, 14 of 20 snaps." });
    await tabTo(noor, mine.getByRole("button", { name: "Put it into the record" }), 200);
    await noor.keyboard.press("Enter");
    await expect(noor.getByText("Added to what a good answer does.").first()).toBeVisible();
    const added = await expectedOf(team, record.id);
    expect(added).toBe(`${record.expectations.expected_response}\nInside zone, 14 of 20 snaps.`);
    await noor.getByRole("button", { name: "Undo" }).first().press("Enter");
    await expect(noor.getByText("The record is as before.").first()).toBeVisible();
    expect(await expectedOf(team, record.id)).toBe(record.expectations.expected_response);
  });

  await test.step("it is followed up: a new record has the conversation as it went, and waits for what is asked next", async () => {
    const mine = noor.getByRole("listitem").filter({ hasText: "Inside zone, 14 of 20 snaps." });
    await mine.getByRole("button", { name: "Follow it up in a new record" }).press("Enter");
    await expect(noor).toHaveURL(/\/records\/rec_/);
    const turns = noor.locator("[data-turn] textarea");
    await expect(turns.nth(0)).toHaveValue(record.inputs.messages.at(-1)?.content ?? "");
    await expect(turns.nth(1)).toHaveValue("Inside zone, 14 of 20 snaps.");
    expect(noor.url()).not.toContain(record.id);
  });

  await test.step("the header sorts by grade, the worst first, then the best; a reload keeps it", async () => {
    await noor.goto(`/p/${team.projectId}/records`);
    const head = noor.getByRole("columnheader", { name: /Grade/ });
    await head.getByRole("button").press("Enter");
    await expect(head).toHaveAttribute("aria-sort", /ascending|descending/);
    const first = await head.getAttribute("aria-sort");
    await expect.poll(() => isSorted(noor, first)).toBe(true);
    await head.getByRole("button").press("Enter");
    await expect(head).not.toHaveAttribute("aria-sort", first ?? "");
    const second = await head.getAttribute("aria-sort");
    await expect.poll(() => isSorted(noor, second)).toBe(true);
    await noor.reload();
    await expect(noor.getByRole("columnheader", { name: /Grade/ })).toHaveAttribute(
      "aria-sort",
      second ?? "",
    );
  });

  await test.step("an import that is paused is met again after a reload, goes on, and all its records appear", async () => {
    const api = team.api("Noor");
    const lines = Array.from(
      { length: ROWS },
      (_, at) => `"What do they call against look ${at}?","names it"`,
    );
    const raw = { text: ["question,expected_response", ...lines].join("\n"), type: "text/csv" };
    const base = `/api/v1/projects/${team.projectId}/records/import`;
    const preview = importPreviewSchema.parse(await api.send("POST", base, { raw }));
    expect(preview.counts).toMatchObject({ new: ROWS, invalid: 0 });
    await api.send("POST", `${base}/${preview.importId}/commit`);
    await api.send("POST", `${base}/${preview.importId}/pause`);
    const state = async () => (await api.get(`${base}/${preview.importId}`, importStateSchema)).state;
    await expect.poll(state).toBe("paused");
    await noor.goto(`/p/${team.projectId}/records`);
    await expect(noor.getByText("An import is paused.")).toBeVisible();
    await lookAt(noor, "import-again", { onPhone: true });
    await noor.getByRole("button", { name: "See how far it is" }).press("Enter");
    const dialog = noor.getByRole("dialog", { name: "Import a file" });
    await dialog.getByRole("button", { name: "Go on" }).press("Enter");
    await expect(dialog.getByText("5,000 records written", { exact: false })).toBeVisible({
      timeout: 60_000,
    });
    await dialog.getByRole("button", { name: "Close" }).last().press("Enter");
    await noor.goto(`/p/${team.projectId}/records?q=against+look`);
    await expect(noor.getByText("5,000 records", { exact: true })).toBeVisible();
  });
});

/** New answers, by API, to records that practice: nobody has labelled them. */
async function answerAnew(team: Team) {
  const api = team.api("Noor");
  const { items } = await api.get(
    `/api/v1/projects/${team.projectId}/records?set=practice&limit=${OUTPUTS.length}`,
    recordListSchema,
  );
  const sent = await team.api("Jo").post(
    "/api/v1/traces",
    {
      project: team.projectId,
      traces: items.map(({ id }, at) => ({ recordId: id, output: OUTPUTS[at] })),
    },
    sentTracesSchema,
  );
  return sent.items;
}

async function newestQueue(team: Team, name: string) {
  const queues = z.object({ items: z.array(queueViewSchema) });
  const { items } = await team.api(name).get(`/api/v1/projects/${team.projectId}/queues`, queues);
  const [newest] = items.filter(({ askOrder }) => askOrder === "listed");
  if (!newest) throw new Error("the queue is not there");
  return newest;
}

const savedShape = savedRecordSchema.partial({ hints: true });

async function expectedOf(team: Team, recordId: string): Promise<string> {
  const record = await team.api("Noor").get(`/api/v1/records/${recordId}`, savedShape);
  return record.expectations.expected_response;
}

/** Noor grades it 2 and says what she would rather have read. */
async function betterAnswer(team: Team, traceId: string): Promise<void> {
  const queues = z.object({ items: z.array(queueViewSchema) });
  const [queue] = (await team.api("Noor").get(`/api/v1/projects/${team.projectId}/queues`, queues)).items;
  await team.api("Noor").post(
    "/api/v1/labels",
    {
      traceId,
      judgeId: queue?.judgeId,
      value: 2,
      reason: "No sample size.",
      betterAnswer: "Inside zone, 14 of 20 snaps.",
    },
    z.looseObject({ id: z.string() }),
  );
}

/** Whether the grades that are drawn stand in that order; records without one are left out. */
async function isSorted(page: Page, order: string | null): Promise<boolean> {
  const cells = await page.locator("tr[data-index] td:last-child").allTextContents();
  const grades = cells.map(Number.parseFloat).filter((grade) => !Number.isNaN(grade));
  const sorted = grades.toSorted((a, b) => (order === "ascending" ? a - b : b - a));
  return grades.length > 3 && grades.every((grade, at) => grade === sorted[at]);
}

/** Tab by Tab, as somebody without a pointer gets there. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("It cannot be reached with Tab.");
}
