import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun, useConnection } from "./fixtures/clinic";
import { runCommand } from "./fixtures/command";
import { addConnection, OWNER, signedIn } from "./fixtures/people";
import { makeDataDir } from "./fixtures/server";
import { readStored } from "./fixtures/stored";
import { expect, test } from "./fixtures/test";

const BUDGET = 40;
/** Answers scored when the backup is taken: the search is under way, and far from over. */
const MIDDLE = 15;

test("a backup taken during a run is restored elsewhere: the run is parked there, and on Resume goes on from its journal", async ({
  serve,
  fakeLlm,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const kept = await mkdtemp(path.join(tmpdir(), "touchstone-backup-"));
  const file = path.join(kept, "during-a-run.db");
  // Slow enough that the run outlasts the start of the backup command, which is a process of its own.
  const endpoint = await fakeLlm({ delayMs: 300, key: "sk-of-the-clinic" });
  const first = await serve();
  const api = new Api(first.url);
  await api.setUp(first.setupLink(), OWNER);
  const clinic = await createClinic(api);
  const { project } = clinic;
  await useConnection(api, project.id, await addConnection(api, endpoint.url, "sk-of-the-clinic"));
  await importRecords(api, project.id, clinicJsonl());
  const run = await startRun(api, clinic, { maxMetricCalls: BUDGET, seed: 5 });
  const read = (as: Api) => as.get(`/api/v1/runs/${run.id}`, wireRunSnapshotSchema);
  await run.scored(MIDDLE);

  const said = await test.step("the backup is taken while the run goes on", () =>
    runCommand("backup", [file], first.dataDir));
  expect(said).toContain("checked");
  await expect.poll(async () => (await run.read()).state, { timeout: 60_000 }).toBe("done");
  const there = await run.read();
  await first.stop();
  const elsewhere = await makeDataDir();
  expect(await runCommand("restore", [file], elsewhere)).toContain("1 unfinished jobs wait for Resume");

  const inCopy = await readStored(elsewhere);
  const committed = inCopy.calls.filter(({ repliedAt }) => repliedAt !== null);
  expect([inCopy.integrity, committed.length > MIDDLE]).toEqual(["ok", true]);
  await endpoint.reset();
  const second = await serve({ dataDir: elsewhere });
  const again = await signedIn(second, OWNER.name);

  await test.step("nothing goes on by itself, and the page says why", async () => {
    await context.addCookies(again.browserCookies());
    await page.goto(`${second.url}/p/${project.id}/runs/${run.id}`);
    await expect(page.getByText("Restored from a backup").first()).toBeVisible();
    const { state, view } = await read(again);
    expect(state).toBe("paused");
    expect(view.metricCalls, "the copy was not taken in the middle").toBeLessThan(there.view.metricCalls);
    expect(await endpoint.log(), "asked of the endpoint before anybody pressed Resume").toEqual([]);
  });

  await test.step("Resume, and it decides as the run did where it came from", async () => {
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(async () => (await read(again)).state, { timeout: 60_000 }).toBe("done");
    const here = await read(again);
    expect(here.view.ended).toEqual(there.view.ended);
    expect(here.view.candidates.map(({ candidateId, meanScore }) => [candidateId, meanScore])).toEqual(
      there.view.candidates.map(({ candidateId, meanScore }) => [candidateId, meanScore]),
    );
  });

  await test.step("replies that the copy held were not bought again", async () => {
    const asked = z.array(z.looseObject({ asked: z.string(), path: z.string() })).parse(await endpoint.log());
    const calls = asked.filter((entry) => entry.path.endsWith("/chat/completions"));
    expect(calls.length).toBeGreaterThan(0);
    const after = await readStored(elsewhere);
    const owed = after.calls.length - committed.length;
    expect(calls.length, "as many as the copy lacked, and no more").toBe(owed);
  });
  await rm(kept, { recursive: true, force: true });
});
