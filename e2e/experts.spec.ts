import type { Page } from "@playwright/test";
import { z } from "zod";
import { committedLabelSchema, labelItemSchema, queueViewSchema } from "@/lib/contracts/labels";
import { savedRecordSchema } from "@/lib/contracts/records";
import { lookAt } from "./fixtures/look";
import type { Team } from "./fixtures/team";
import { expect, test } from "./fixtures/test";

const PHONE = { width: 390, height: 844 };

test("readiness, a queue for some, a split that is settled, a draft: by keyboard, and by touch on a phone", async ({
  teamOf,
}) => {
  test.setTimeout(180_000);
  const team = await teamOf([
    { name: "Eve", role: "expert" },
    { name: "Noor", role: "expert" },
    { name: "Lea", role: "lead" },
  ]);
  const { traceId, recordId } = await splitExperts(team);
  const page = await team.page("Lea");

  await test.step("readiness opens by keyboard, and each item leads to its records", async () => {
    const near = await writeTwice(team);
    await page.goto(`/p/${team.projectId}/records`);
    const line = page.locator("summary", { hasText: "Ready for a first run" });
    await line.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Almost the same question")).toBeVisible();
    await lookAt(page, "35-readiness", { onPhone: true });
    const group = page.getByRole("listitem").filter({ hasText: /^Group 1:/ });
    await group.getByRole("link").first().press("Enter");
    await expect(page).toHaveURL(new RegExp(`/records/(${near.join("|")})`));
    await expect(page.locator("#record-title")).toBeFocused();
  });

  await test.step("a queue is given to one of the experts, by keyboard", async () => {
    await page.goto(`/p/${team.projectId}/answers`);
    await page
      .getByRole("button", { name: /^Change/ })
      .first()
      .press("Enter");
    const dialog = page.getByRole("dialog", { name: /^Change “/ });
    const noor = dialog.getByRole("checkbox", { name: "Noor" });
    await noor.press("Space");
    await expect(noor).toBeChecked();
    await lookAt(page, "36-queue", { onPhone: true });
    await dialog.getByRole("button", { name: "Save" }).press("Enter");
    await expect(dialog).toBeHidden();
    await expect(
      page.getByRole("cell").or(page.getByRole("rowheader")).filter({ hasText: "Noor" }),
    ).toBeVisible();
  });

  await test.step("a split is talked over and settled on a phone, by touch", async () => {
    const phone = await team.page("Lea", PHONE);
    await phone.goto(`/p/${team.projectId}/answers`);
    const split = phone.locator("#disagreements details").first();
    await split.locator("summary").first().tap();
    await phone.getByLabel("Talk about it").first().fill("Counts decide in this project.");
    await phone.getByRole("button", { name: "Say it" }).first().tap();
    await expect(phone.getByText("Counts decide in this project.").first()).toBeVisible();
    await expectNoSideways(phone);
    await phone.getByLabel("Settle it as").first().selectOption("2");
    await phone.getByLabel("Because").first().fill("No sample size.");
    await phone.getByRole("button", { name: "Settle", exact: true }).first().tap();
    await expect(phone.getByText(/^Settled \(\d+\)$/)).toBeVisible();
  });

  await test.step("who was there is told on the next visit what was settled", async () => {
    const eve = await team.page("Eve");
    await eve.goto(`/p/${team.projectId}`);
    await expect(eve.getByText(/Lea settled it as 2; you gave 5\./)).toBeVisible();
    await lookAt(eve, "37-since-you-were-here", { onPhone: true });
  });

  await test.step("a draft from what experts said goes into the form, and back out of it", async () => {
    await page.goto(`/p/${team.projectId}/records/${recordId}`);
    const good = page.getByLabel("A good answer");
    const before = await good.inputValue();
    await page.getByRole("button", { name: "Draft it from what experts said" }).press("Enter");
    await expect(page.getByText("A draft, not saved")).toBeVisible({ timeout: 20_000 });
    await lookAt(page, "38-draft", { onPhone: true });
    await page.getByRole("button", { name: "Put it into the form" }).press("Enter");
    await expect(good).not.toHaveValue(before);
    await page.getByRole("button", { name: "Undo" }).first().press("Enter");
    await expect(good).toHaveValue(before);
  });
  expect(traceId).not.toBe("");
});

/** Two experts on different sides of good enough about one answer. */
async function splitExperts(team: Team): Promise<{ traceId: string; recordId: string }> {
  const queues = z.object({ items: z.array(queueViewSchema) });
  const [queue] = (await team.api("Eve").get(`/api/v1/projects/${team.projectId}/queues`, queues)).items;
  const next = z.object({ item: labelItemSchema.nullable() });
  const { item } = await team.api("Eve").post(`/api/v1/queues/${queue?.id}/next`, { not: [] }, next);
  const traceId = item?.traceId ?? "";
  const label = (name: string, value: number, reason: string) =>
    team
      .api(name)
      .post(
        "/api/v1/labels",
        { traceId, judgeId: queue?.judgeId, queueId: queue?.id, value, reason },
        committedLabelSchema,
      );
  const { recordId } = await label("Eve", 5, "Names who gets the ball, with the counts.");
  await label("Noor", 2, "No sample size behind the percentages.");
  return { traceId, recordId };
}

/** Nearly the same question in two records. */
async function writeTwice(team: Team): Promise<string[]> {
  const question =
    "What does their punt team do on fourth and short near midfield, and who is the protector?";
  const write = (content: string) =>
    team.api("Lea").post(
      `/api/v1/projects/${team.projectId}/records`,
      {
        inputs: { messages: [{ role: "user", content }], fields: {} },
        expectations: { expected_response: "Names the look and the protector." },
      },
      savedRecordSchema,
    );
  return [(await write(question)).id, (await write(`${question} Please.`)).id];
}

async function expectNoSideways(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, "pixels that the page scrolls sideways").toBeLessThanOrEqual(0);
}
