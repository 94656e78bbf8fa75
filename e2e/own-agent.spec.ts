import { candidateDetailSchema } from "@/lib/contracts/run-candidates";
import { startAgent } from "./agent/client";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords, startRun } from "./fixtures/clinic";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

test("an agent with tools, in a process of its own, is connected, tested and improved", async ({
  page,
  context,
  serve,
  fakeLlm,
}) => {
  test.setTimeout(120_000);
  const server = await serve();
  const agent = await startAgent((await fakeLlm()).url);
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const clinic = await createClinic(api);
  const { project } = clinic;
  await importRecords(api, project.id, clinicJsonl());

  await test.step("address and key, a test with what was sent and what came back", async () => {
    await page.goto(`${server.url}/p/${project.id}/settings`);
    await page.getByRole("link", { name: "Connect your agent" }).click();
    await expect(page).toHaveURL(/settings\/agent$/);
    await page.waitForLoadState("networkidle");
    await page.getByLabel("Address").fill(agent.url);
    await page.getByRole("button", { name: "Save and test" }).click();
    await expect(page.getByText(/status 401.*Check the headers/).first()).toBeVisible();
    await lookAt(page, "25-agent-refused", { onPhone: true });
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of header 1").fill("authorization");
    await page.getByLabel("Value of header 1").fill("Bearer agent-secret");
    await page.getByRole("button", { name: "Save and test" }).click();
    await expect(page.getByText("It works, and the agent uses the prompt that it is sent.")).toBeVisible();
    await page.getByText("The question: what was sent, and what came back").click();
    await expect(page.getByText('"dry_run": true').first()).toBeVisible();
    expect(await page.content()).not.toContain("agent-secret");
    await lookAt(page, "26-agent-tested");
    await page.getByRole("button", { name: "Use this agent" }).click();
    await expect(page.getByText("Runs, reviews and rounds of answers ask your agent.")).toBeVisible();
  });

  await test.step("a run asks it, with its steps and what it used", async () => {
    const { id, read } = await startRun(api, clinic, { maxMetricCalls: 40 });
    await expect.poll(async () => (await read()).state, { timeout: 60_000 }).toBe("done");
    const seed = await api.get(`/api/v1/runs/${id}/candidates/c0`, candidateDetailSchema);
    expect(seed.rollouts[0]?.steps).toMatchObject([{ tool: "look_up_protocol", result: "1 protocol found" }]);
    expect(seed.rollouts[0]?.costUsd).toBe(0.001);
    await page.goto(`${server.url}/p/${project.id}/runs/${id}`);
    await page.getByRole("button", { name: "Look at starting prompt" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: /^Records/ }).click();
    await dialog.locator("summary").first().click();
    await expect(dialog.getByText("What it did: 1 step").first()).toBeVisible();
  });
  agent.stop();
});
