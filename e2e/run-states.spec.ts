import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun, useConnection } from "./fixtures/clinic";
import { lookAt } from "./fixtures/look";
import { addConnection, OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

// The family tree is read by tap as well.
test.use({ hasTouch: true });

test("every way in which a run begins, rests and ends, told with its cause and what to do next", async ({
  page,
  context,
  serve,
  fakeLlm,
}) => {
  test.setTimeout(180_000);
  const endpoint = await fakeLlm({ delayMs: 10 });
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const clinic = await createClinic(api);
  const { project } = clinic;
  await useConnection(api, project.id, await addConnection(api, endpoint.url));
  await importRecords(api, project.id, clinicJsonl());
  const start = (maxMetricCalls: number) => startRun(api, clinic, { maxMetricCalls, seed: maxMetricCalls });
  const open = (id: string) => page.goto(`${server.url}/p/${project.id}/runs/${id}`);

  await test.step("before it: a few answers first, asked for and named", async () => {
    await page.goto(`${server.url}/p/${project.id}/runs/new`);
    await expect(page.getByText(/Answers 8 practice records with this prompt and grades them/)).toBeVisible();
    await page.getByRole("button", { name: "Get 8 answers" }).click();
    await expect(
      page.getByText(/The last round of this prompt under this judge: 8 answers graded/),
    ).toBeVisible();
    await lookAt(page, "27-launch-probed", { onPhone: true });
  });

  await test.step("ended well; the family tree says why each edit was made, by keyboard and by tap", async () => {
    const run = await start(45);
    await open(run.id);
    await expect(
      page.getByRole("heading", { name: /A candidate is ready|No candidate was better/ }),
    ).toBeVisible({
      timeout: 60_000,
    });
    const runs = page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: /^Runs/ });
    await expect(runs, "what the navigation says of it").not.toContainText("at work");
    await page.getByRole("tab", { name: "Family tree" }).click();
    // The tree may come to lie under the pointer, which would ask for another bubble.
    await page.mouse.move(0, 0);
    const why = page.getByRole("button", { name: "Why candidate 1" });
    await why.focus();
    await why.press("Enter");
    const bubble = page.getByRole("tooltip").filter({ hasText: "fell short:" });
    await expect(bubble).toBeVisible();
    await lookAt(page, "28-family-tree", { inPlace: true });
    await page.keyboard.press("Escape");
    await expect(bubble).toBeHidden();
    await why.tap();
    await expect(bubble).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("it waits when the endpoint refuses, and is cancelled", async () => {
    const run = await start(60);
    await open(run.id);
    await endpoint.control({
      share: { every: 1, fault: { kind: "status", status: 401, message: "key revoked" } },
    });
    await expect(page.getByText("The run waits.")).toBeVisible({ timeout: 30_000 });
    await lookAt(page, "29-run-waits", { onPhone: true });
    await api.send("POST", `/api/v1/runs/${run.id}/cancel`);
    await expect(page.getByText("The run was cancelled.")).toBeVisible();
    await lookAt(page, "30-run-cancelled");
    await endpoint.reset();
  });

  await test.step("answers that cannot be scored: how many, and the first causes", async () => {
    await endpoint.control({ share: { every: 1, fault: { kind: "nonsense" } } });
    const run = await start(50);
    await open(run.id);
    await expect(page.getByText("Failures stopped the run. Production is unchanged.")).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText(/answers? could not be scored at first/)).toBeVisible();
    await expect(page.getByText(/^\d+ ×$/).first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Models and connections" })).toBeVisible();
    await lookAt(page, "31-run-failures", { onPhone: true });
  });
});
