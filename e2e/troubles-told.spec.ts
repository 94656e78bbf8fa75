import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { recordSchema, savedRecordSchema } from "@/lib/contracts/records";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun } from "./fixtures/clinic";
import { canFillDisk, fillDisk, makeRoom } from "./fixtures/full-disk";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

// What a refused write does to the data is in faults.spec.ts. Here: what a person is told of it, and that no word is lost.
test("slow code, a held database, a full disk, a killed server: the page says what happened, and no word is lost", async ({
  page,
  context,
  serve,
  watch,
}, info) => {
  info.skip(!canFillDisk(), "There is no prlimit on this machine, which makes a disk full.");
  watch.expectProblem(/\b50[37]\b|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE/);
  const server = await serve({ sandboxDelayMs: 300 });
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const clinic = await createClinic(api);
  await importRecords(api, clinic.project.id, clinicJsonl());
  const base = `${server.url}/p/${clinic.project.id}`;
  const body = { inputs: { messages: [{ role: "user", content: "May I take two tablets?" }] } };
  const record = await api.post(`/api/v1/projects/${clinic.project.id}/records`, body, savedRecordSchema);
  const answer = page.getByLabel("A good answer…");
  const saved = page.getByText(/^Saved \d/);
  const expectedText = async () =>
    (await api.get(`/api/v1/records/${record.id}`, recordSchema)).expectations.expected_response;

  await test.step("words typed before the page's code has come are saved like any others", async () => {
    const typed = Promise.withResolvers<void>();
    await page.route(/\/_next\/static\/.*\.js/, async (route) => {
      await typed.promise;
      await route.continue();
    });
    await page.goto(`${base}/records/${record.id}`, { waitUntil: "commit" });
    await answer.fill("Asks for the name of the drug");
    typed.resolve();
    await expect(saved).toBeVisible();
    expect(await expectedText()).toBe("Asks for the name of the drug");
  });

  await test.step("another program holds the database: the words are kept here, and saved when it lets go", async () => {
    const other = new DatabaseSync(path.join(server.dataDir, "touchstone.db"));
    other.exec("begin immediate");
    await answer.fill("Asks for the dose");
    await expect(page.getByText("The database is held by another program", { exact: false })).toBeVisible();
    other.exec("rollback");
    other.close();
    await expect(saved).toBeVisible();
    expect(await expectedText()).toBe("Asks for the dose");
  });

  const run = await startRun(api, clinic, { maxMetricCalls: 60, seed: 5 });
  await run.scored(3);
  await test.step("the disk is full: the words are kept, and the run is parked and says why", async () => {
    fillDisk(server.pid);
    await answer.fill("Asks for the dose and the weight");
    await expect(
      page.getByText("There is no room left where the data is kept.", { exact: false }),
    ).toBeVisible();
    await lookAt(page, "45-disk-full", { onPhone: true });
    makeRoom(server.pid);
    await expect(saved).toBeVisible();
    expect(await expectedText()).toBe("Asks for the dose and the weight");
    await page.goto(`${base}/runs/${run.id}`);
    await expect(page.getByText("Make room, then press Resume.", { exact: false }).first()).toBeVisible();
    await lookAt(page, "46-run-without-room");
    await page.getByRole("button", { name: "Resume" }).press("Enter");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    const runs = page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: /^Runs/ });
    await expect(runs).toContainText("at work");
  });

  await test.step("the server is killed: the page says so, and goes on by itself when it is back", async () => {
    await server.kill();
    await expect(page.getByText("The connection is lost.", { exact: false })).toBeVisible();
    await server.restart();
    await expect(page.getByText("The connection is lost.", { exact: false })).toBeHidden();
    await expect.poll(async () => (await run.read()).state, { timeout: 60_000 }).toBe("done");
    await expect(page.getByRole("link", { name: "Run again with changes" })).toBeVisible();
  });
});
