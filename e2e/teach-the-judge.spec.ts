import type { Page } from "@playwright/test";
import { z } from "zod";
import { evaluationSchema } from "@/lib/contracts/evaluations";
import { judgeSchema } from "@/lib/contracts/judges";
import { queueViewSchema } from "@/lib/contracts/labels";
import { projectSchema } from "@/lib/contracts/projects";
import { promptSchema } from "@/lib/contracts/prompts";
import { Api } from "./fixtures/api";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const LABELS = 20;
/** What Jo says, with the grade that goes with it: always in her own words, and always the same standard. */
const OPINIONS = [
  { grade: "2", why: "No sample size." },
  { grade: "4", why: "Counts behind each number." },
  { grade: "2", why: "Who gets the ball?" },
  { grade: "1", why: "It guesses." },
];

test("label twenty, teach, follow a guideline to the comment, edit it, switch one off, use it", async ({
  page,
  serve,
}) => {
  test.setTimeout(180_000);
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects/sample", undefined, projectSchema);
  const path = `/api/v1/projects/${project.id}`;
  await page.context().addCookies(api.browserCookies());

  const round = async (queueSize: number) => {
    const { items } = await api.get(`${path}/prompts`, z.object({ items: z.array(promptSchema) }));
    const promptVersionId = items[0]?.versions[0]?.id;
    const { id } = await api.post(`${path}/evaluations`, { promptVersionId, queueSize }, evaluationSchema);
    const read = () => api.get(`/api/v1/evaluations/${id}`, evaluationSchema);
    await expect.poll(async () => (await read()).state, { timeout: 40_000 }).toBe("done");
    return read();
  };
  const theJudge = async () => {
    const { items } = await api.get(`${path}/judges`, z.object({ items: z.array(judgeSchema).length(1) }));
    return judgeSchema.parse(items[0]);
  };

  await test.step("label twenty answers, each with a reason", async () => {
    await round(LABELS);
    const { items } = await api.get(`${path}/queues`, z.object({ items: z.array(queueViewSchema) }));
    const queue = items.find(({ total }) => total === LABELS);
    await page.goto(`${server.url}/p/${project.id}/label/${queue?.id}`);
    for (let index = 0; index < LABELS; index += 1) await labelOne(page, index);
    await expect(page.getByRole("heading", { level: 1, name: /That was the last one/ })).toBeVisible();
  });

  await test.step("teach, and read what it learned", async () => {
    await page.goto(`${server.url}/p/${project.id}/judge`);
    await page.getByRole("button", { name: "Teach the judge" }).click();
    await expect(page.getByRole("button", { name: /^Use this judge/ })).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByRole("heading", { name: /^On \d+ (labels of \d+ )?answers that it had not seen/ }),
    ).toBeVisible();
  });

  await test.step("follow a guideline to the comment, edit it, switch another one off", async () => {
    const mine = page.getByRole("listitem").filter({ hasText: "from your words" }).first();
    await mine.getByRole("button", { name: "Where from" }).click();
    await expect(mine.getByText(/No sample size\.|Who gets the ball\?|It guesses\./).first()).toBeVisible();
    await mine.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByLabel("The rule").fill("Say how many plays each number rests on.");
    await page.getByRole("button", { name: "Save as a draft" }).click();
    await expect(page.getByText(/You see draft v3, edited by hand by Jo/)).toBeVisible();
    const off = page.getByRole("listitem").filter({ hasText: "from your words" }).nth(1);
    await off.getByRole("button", { name: "Switch off" }).click();
    await expect(page.getByText(/You see draft v4/)).toBeVisible();
    await lookAt(page, "judge-draft");
  });

  await test.step("the exact prompt, and a try beside the saved version", async () => {
    await page.getByRole("link", { name: "Edit, and see the exact prompt" }).click();
    await expect(page.getByText("Say how many plays each number rests on.").first()).toBeVisible();
    const instructions = page.getByRole("textbox", { name: "Instructions" });
    await instructions.fill(`${await instructions.inputValue()} Be strict.`);
    await page.getByRole("tab", { name: "Try it" }).click();
    await page.getByRole("button", { name: "Try it", exact: true }).click();
    await expect(
      page
        .getByRole("list", { name: "Tried answers" })
        .getByText(/your words: \d/)
        .first(),
    ).toBeVisible({
      timeout: 30_000,
    });
    await lookAt(page, "judge-builder", { onPhone: true });
    await page.getByRole("link", { name: "Leave" }).click();
  });

  await test.step("use it: the ruler moved, and the next round is graded by it", async () => {
    await page.getByRole("button", { name: "Use v4" }).click();
    await page.getByRole("link", { name: "See the same answers under both" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /The ruler changed: v1 and v4/ })).toBeVisible();
    await page.getByRole("button", { name: /^Have both grade/ }).click();
    await expect(page.getByRole("heading", { name: /\d+ answers under both/ })).toBeVisible({
      timeout: 40_000,
    });
    await lookAt(page, "judge-ruler", { onPhone: true });
    const { inUse } = await theJudge();
    expect(inUse).toMatchObject({ version: 4, origin: "edited" });
    expect((await round(0)).judgeVersionId).toBe(inUse?.id);
  });

  await test.step("one label that was a slip is set aside, once it is seen what that does", async () => {
    await page.goto(`${server.url}/p/${project.id}/judge`);
    const card = page.getByRole("listitem").filter({ hasText: "from your words" }).first();
    await card.getByRole("button", { name: "Where from" }).click();
    await card
      .getByRole("button", { name: /^Set aside the label/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: "Set this label aside?" });
    await expect(dialog.getByText(/^1 of \d+ labels is set aside/)).toBeVisible();
    await lookAt(page, "judge-set-aside", { onPhone: true });
    await dialog.getByLabel("Why it counts no more").fill("A slip of mine.");
    await dialog.getByRole("button", { name: "Set it aside" }).click();
    await expect(dialog).toBeHidden();
    await expect(card.getByText("does not teach now").first()).toBeVisible();
  });

  await test.step("our standard changed: older labels are set aside, and brought back", async () => {
    await page.goto(`${server.url}/p/${project.id}/judge`);
    await page.getByRole("link", { name: "Our standard changed" }).click();
    await page.getByLabel("What has changed").fill("New season, new scheme.");
    await lookAt(page, "judge-standard", { onPhone: true });
    await page.getByRole("button", { name: /^Set \d+ labels aside/ }).click();
    await expect(page.getByText(/You see draft v6/)).toBeVisible();
    await expect(page.getByText(/No answer has been labelled yet/)).toBeVisible();
    await page.getByRole("link", { name: "Our standard changed" }).click();
    await page.getByRole("button", { name: "Bring the labels back" }).first().click();
    await expect(page.getByText("The labels are back.")).toBeVisible();
  });
});

/** Grades the answer in front of Jo with the keys of the page, and says why. */
async function labelOne(page: Page, index: number): Promise<void> {
  await expect(page.getByText(new RegExp(`^${index + 1} of ${LABELS}`)).first()).toBeVisible();
  const { grade, why } = OPINIONS[index % OPINIONS.length] ?? { grade: "3", why: "" };
  await page.keyboard.press(grade);
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "Why?" }).fill(why);
  await page.keyboard.press("ControlOrMeta+Enter");
}
