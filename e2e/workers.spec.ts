import type { ChildProcess } from "node:child_process";
import { endOf, WORKER_SECRET } from "@/test/worker-process";
import { Api } from "./fixtures/api";
import {
  useConnection as chooseConnection,
  clinicJsonl,
  createClinic,
  importRecords,
  startRun,
} from "./fixtures/clinic";
import { lookAt } from "./fixtures/look";
import { addConnection, OWNER } from "./fixtures/people";
import { expect } from "./fixtures/test";
import { test } from "./fixtures/workers";

test("workers come, work, are refused and die; the page about the server says so", async ({
  page,
  context,
  redis,
  work,
  serve,
  fakeLlm,
}) => {
  const endpoint = await fakeLlm({ delayMs: 100 });
  const server = await serve({ env: { REDIS_URL: redis.url, TOUCHSTONE_SECRET: WORKER_SECRET } });
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const clinic = await createClinic(api);
  await chooseConnection(api, clinic.project.id, await addConnection(api, endpoint.url));
  await importRecords(api, clinic.project.id, clinicJsonl());
  const sentence = page.getByRole("status").filter({ hasText: /worker/i });
  const rowOf = ({ pid }: ChildProcess) =>
    page.getByRole("row").filter({ has: page.getByText(`process ${pid}`, { exact: true }) });

  await test.step("none yet: what that means, and the command that helps", async () => {
    await page.goto(`${server.url}/server`);
    await expect(sentence).toHaveText(
      /^No worker is running, so nothing can be asked\. Start one with npm run/,
    );
    await lookAt(page, "40-workers-none", { onPhone: true });
  });

  const worker = await work();
  await test.step("one comes, and does a run's rollouts", async () => {
    await expect(sentence).toHaveText("One worker is running, with room for 4 answers at a time.");
    await expect(rowOf(worker)).toContainText("working");
    const run = await startRun(api, clinic, { maxMetricCalls: 40, seed: 5 });
    await expect.poll(async () => (await run.read()).state, { timeout: 60_000 }).toBe("done");
    // beside the row's header: state, at work, done
    await expect(rowOf(worker).getByRole("cell").nth(2)).toHaveText(/^[1-9]\d*$/);
  });

  await test.step("one of another version is refused, with both versions", async () => {
    const older = await work("0.0.1");
    expect(await endOf(older)).toMatchObject({ code: 1, words: expect.stringContaining("0.0.1") });
    await expect(rowOf(older)).toContainText("refused");
    await expect(rowOf(older)).toContainText("0.0.1");
    await expect(sentence).toHaveText(/^One worker is running/);
  });

  await test.step("one that is killed is not heard of any more", async () => {
    worker.kill("SIGKILL");
    await expect(rowOf(worker)).toContainText("not heard of");
    await expect(sentence).toHaveText(/^No worker is running/);
    await lookAt(page, "41-workers-gone", { onPhone: true });
  });
});
