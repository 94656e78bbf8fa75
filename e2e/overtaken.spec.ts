import type { Locator, Page } from "@playwright/test";
import { projectSchema } from "@/lib/contracts/projects";
import { Api } from "./fixtures/api";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

/** Slow enough that a teaching is at work until it is cancelled, on any machine. */
const MODEL_DELAY_MS = 4_000;

interface Held {
  /** The server has answered; the page does not have it yet. */
  reached: Promise<void>;
  /** The page was told meanwhile, and now the answer has come too, or it was not waited for any more. */
  delivered: Promise<void>;
}

/** Lets the next answer to a request of that kind arrive only when the page shows what `isTold` waits for. */
async function holdNext(page: Page, method: string, path: RegExp, isTold: Locator): Promise<Held> {
  const reached = Promise.withResolvers<void>();
  const delivered = Promise.withResolvers<void>();
  let isHeld = false;
  await page.route(path, async (route) => {
    if (isHeld || route.request().method() !== method) return route.fallback();
    isHeld = true;
    const answer = await route.fetch();
    reached.resolve();
    await isTold.waitFor();
    await route.fulfill({ response: answer });
    delivered.resolve();
  });
  return { reached: reached.promise, delivered: delivered.promise };
}

test("what a page shows is not undone by an answer that was overtaken on its way", async ({
  page,
  serve,
}) => {
  const server = await serve({ sandboxDelayMs: MODEL_DELAY_MS });
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  await page.context().addCookies(api.browserCookies());
  const pause = page.getByRole("button", { name: "Pause", exact: true });
  const resume = page.getByRole("button", { name: "Resume", exact: true });
  const at = `${server.url}/p/${project.id}`;

  await test.step("a round: the stream tells of the pause before the answer to it", async () => {
    await page.goto(`${at}/answers`);
    await page.getByRole("button", { name: "Get answers" }).first().click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Get \d+ answers$/ })
      .click();
    const answer = await holdNext(page, "POST", /evaluations\/[^/]+\/pause$/, resume);
    await pause.click();
    await answer.delivered;
    await expect(resume).toBeEnabled();
    await expect(pause).toBeHidden();
  });

  await test.step("back on the list, the round that an earlier visit did not know is there", async () => {
    await page.getByRole("link", { name: "Answers", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Answers" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Round 2" })).toBeVisible();
  });

  await test.step("a teaching: what was asked before the pause is answered after it", async () => {
    await page.goto(`${at}/judge`);
    await page.getByRole("button", { name: "Teach the judge" }).click();
    await expect(pause).toBeVisible();
    // the page asks each second: this answer says "running", and comes when the page says "paused"
    const answer = await holdNext(page, "GET", /api\/v1\/alignments\/[^/]+$/, resume);
    await answer.reached;
    await pause.click();
    await answer.delivered;
    await expect(resume).toBeEnabled();
    await expect(pause).toBeHidden();
    await page.getByRole("button", { name: "Cancel the teaching" }).click();
    await expect(page.getByRole("heading", { name: "The teaching has ended early" })).toBeVisible();
  });
});
