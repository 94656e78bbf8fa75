import type { BrowserContext, Page } from "@playwright/test";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun } from "./fixtures/clinic";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import type { RunningServer } from "./fixtures/server";
import { expect, test } from "./fixtures/test";

/** Long enough that a run can be disturbed in its middle, and that it can be cancelled. */
const SLOW_MS = 800;
const QUICK_MS = 250;

async function startClinicRun(server: RunningServer, maxMetricCalls: number) {
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const clinic = await createClinic(api);
  await importRecords(api, clinic.project.id, clinicJsonl());
  const { id, read } = await startRun(api, clinic, { maxMetricCalls, seed: 5 });
  return { api, read, address: `${server.url}/p/${clinic.project.id}/runs/${id}` };
}

const used = (page: Page) => page.getByText(/\d+ of \d+ scored answers used$/).first();
const usedNumber = async (page: Page) => Number((await used(page).innerText()).split(" ")[0]);

test("a run is watched: reload, two tabs over one stream, five seconds offline, pause, a text by hand, more budget", async ({
  page,
  context,
  serve,
  watch,
}) => {
  test.setTimeout(240_000);
  const server = await serve({ sandboxDelayMs: SLOW_MS });
  const { api, address, read } = await startClinicRun(server, 150);
  await context.addCookies(api.browserCookies());

  await test.step("it moves, and a reload in the middle goes on from there", async () => {
    await page.goto(address);
    await expect.poll(() => usedNumber(page)).toBeGreaterThan(5);
    await page.reload();
    await expect.poll(() => usedNumber(page)).toBeGreaterThan(8);
    await expect(page.getByRole("heading", { name: "Now trying" })).toBeVisible();
  });

  await test.step("a second tab shares the stream of the first", async () => {
    const second = await openSecondTab(context, address);
    await expect.poll(() => usedNumber(second.page)).toBeGreaterThan(10);
    expect(second.streams, "connections for events that the second tab opened").toEqual([]);
    await second.page.close();
  });

  await test.step("offline for five seconds: it says so, and misses nothing", async () => {
    watch.expectProblem(/ERR_INTERNET_DISCONNECTED|api\/v1\/events/);
    await context.setOffline(true);
    await expect(page.getByText("The connection is lost.", { exact: false })).toBeVisible();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await context.setOffline(false);
    await expect(page.getByText("The connection is lost.", { exact: false })).toBeHidden({ timeout: 20_000 });
  });

  await test.step("pause: nothing new starts, also where the stream tells of it before the answer is here", async () => {
    const sentence = page.getByText("Paused. Nothing new is started.", { exact: false }).first();
    await page.route(/\/pause$/, async (route) => {
      const answer = await route.fetch();
      await sentence.waitFor();
      await route.fulfill({ response: answer });
    });
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
    await expect(sentence).toBeVisible();
    await lookAt(page, "20-run-paused");
  });

  await test.step("more budget, and a text by hand that is tried like any other", async () => {
    await page.getByRole("button", { name: "More acts on this run" }).click();
    await page.getByRole("menuitem", { name: "Raise the budget" }).click();
    await page.getByLabel("Scored answers, at most").fill("170");
    await page.getByRole("dialog").getByRole("button", { name: "Raise the budget" }).click();
    await expect(
      page.getByText("The new limits hold from the next decision on.", { exact: true }),
    ).toBeVisible();
    await page.getByRole("button", { name: "Look at starting prompt" }).click();
    await page.getByRole("button", { name: "Edit by hand" }).click();
    const editor = page.getByRole("dialog", { name: /by hand/ });
    await editor
      .getByLabel("Text")
      .fill("Ask for the age first. Name the red flags, and when to call an ambulance.");
    await editor.getByLabel(/What it tries/).fill("age and red flags first");
    await lookAt(page, "21-hand-edit");
    await editor.getByRole("button", { name: "Try this text" }).click();
    await expect(page.getByText("Your text is the next to be tried.", { exact: true })).toBeVisible();
    await page
      .getByRole("dialog", { name: "Starting prompt" })
      .getByRole("button", { name: "Close" })
      .click();
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  });

  await test.step("the text by hand is decided like any other; then stop, and take the best", async () => {
    const byHand = async () => (await read()).view.candidates.find((row) => row.byHand);
    await expect
      .poll(async () => (await byHand())?.status, { timeout: 60_000 })
      .toMatch(/^(accepted|rejected)$/);
    expect((await byHand())?.summary).toBe("age and red flags first");
    await page.getByRole("button", { name: "Stop and take the best" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Stop the run" }).click();
    await expect.poll(async () => (await read()).state, { timeout: 60_000 }).toBe("done");
    const run = await read();
    expect(run.view.maxMetricCalls).toBe(170);
    await expect(used(page)).toHaveText(`${run.view.metricCalls} of 170 scored answers used`);
    await expect(page.getByRole("link", { name: "Run again with changes" })).toBeVisible();
    await lookAt(page, "22-run-ended", { onPhone: true });
    await lookInside(page);
  });
});

async function openSecondTab(context: BrowserContext, address: string) {
  const page = await context.newPage();
  const streams: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/events")) streams.push(request.url());
  });
  await page.goto(address);
  return { page, streams };
}

/** Each tab, the chart's table, and one candidate with its calls. */
async function lookInside(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("columnheader", { name: /answers/i }).first()).toBeVisible();
  for (const tab of ["Records", "Family tree", "Log", "Settings used", "Candidates"])
    await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
  await page
    .getByRole("button", { name: /^Look at candidate/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: /^Records/ }).click();
  await expect(dialog.getByRole("button", { name: /^▲ \d+ better/ })).toBeVisible();
  await dialog.getByRole("tab", { name: "Calls" }).click();
  await dialog
    .locator("summary")
    .filter({ hasText: /^Answer by sim-task/ })
    .first()
    .click();
  await expect(dialog.getByRole("heading", { name: "Request" })).toBeVisible();
  await lookAt(page, "23-calls");
}

test("a run is cancelled, and what was scored is kept", async ({ page, context, serve }) => {
  const server = await serve({ sandboxDelayMs: QUICK_MS });
  const { api, address, read } = await startClinicRun(server, 75);
  await context.addCookies(api.browserCookies());
  await page.goto(address);
  await expect.poll(() => usedNumber(page)).toBeGreaterThan(3);
  await page.getByRole("button", { name: "More acts on this run" }).click();
  await page.getByRole("menuitem", { name: "Cancel the run" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("The run was cancelled.")).toBeVisible();
  expect((await read()).state).toBe("cancelled");
  await lookAt(page, "24-run-cancelled");
});
