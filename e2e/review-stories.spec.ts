import type { Page } from "@playwright/test";
import { createdApiKeySchema } from "@/lib/contracts/accounts";
import { promptReadSchema } from "@/lib/contracts/prompts";
import { expectAccessible, lookAt } from "./fixtures/look";
import { expectPrintsToA4 } from "./fixtures/paper";
import { OWNER } from "./fixtures/people";
import type { Team } from "./fixtures/team";
import { expect, test } from "./fixtures/test";

const PHONE = { width: 390, height: 844 };
const TEAM = [
  { name: "Jonas", role: "engineer" },
  { name: "Nora", role: "expert" },
  { name: "Dr Meier", role: "approver" },
  { name: "Dr Weber", role: "approver" },
] as const;

const reviewAt = ({ projectId }: Team, id: string): string => `/p/${projectId}/reviews/${id}`;
const decisionOf = (page: Page) => page.locator("#decision");

/** Fills the reason of the dialog in front, and confirms it by the button of that name. */
async function confirm(page: Page, button: RegExp, reason: string): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: button }).click();
  await expect(dialog).toBeHidden();
}

/** Takes every loss and lifts every failure that is still open on the page. */
async function answerForLosses(page: Page): Promise<number> {
  const open = page.getByRole("button", { name: /^(Accept|Lift it), with a reason$/ });
  const count = await open.count();
  for (let left = count; left > 0; left -= 1) {
    await expect(open).toHaveCount(left);
    await open.first().click();
    await confirm(page, /^Accept$/, "Known, and rare.");
  }
  return count;
}

test("a change on its way through a team: scored, edited, compared blind, asked about, approved, rolled back", async ({
  teamOf,
}) => {
  test.setTimeout(240_000);
  const team = await teamOf(TEAM);
  const review = await team.review("Jonas", team.strongerText);
  const engineer = await team.page("Jonas");
  const approver = await team.page("Dr Meier");

  await test.step("the engineer scores the sealed records, and may not approve his own change", async () => {
    await engineer.goto(reviewAt(team, review.id));
    await engineer.getByRole("button", { name: "Score the 18 sealed records" }).click();
    await expect(engineer.getByText("Better.", { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(engineer.getByText(/^Judge v\d+ /).first()).toBeVisible();
    await expect(engineer.getByRole("button", { name: "Approve only" })).toHaveCount(0);
    await expect(engineer.getByText("An approver or an admin of this project can promote it.")).toBeVisible();
  });

  await test.step("the words are edited in place: what was scored was about others", async () => {
    await engineer.getByRole("button", { name: "Edit the words" }).click();
    const dialog = engineer.getByRole("dialog");
    await expect(dialog.getByText(/Saving voids the evidence/)).toBeVisible();
    await expectAccessible(engineer, "editing the words");
    await dialog.getByLabel("Prompt").fill(`${team.strongerText}\nName the down and distance first.`);
    await dialog.getByRole("button", { name: "Save the words" }).click();
    await expect(dialog).toBeHidden();
    await expect(engineer.getByText("This evidence says nothing about today any more.")).toBeVisible();
    await lookAt(engineer, "review-edited");
    await engineer.getByRole("button", { name: "Check it again" }).click();
    await expect(engineer.getByText(/Second look at these records/)).toBeVisible({ timeout: 40_000 });
    await expect(engineer.getByText("This evidence says nothing about today any more.")).toBeHidden();
  });

  await test.step("an expert compares blind, on a phone, and is not told which is which", async () => {
    await engineer.getByRole("button", { name: "Ask the experts, blind" }).click();
    await expect(engineer.getByText("Nobody has compared yet.")).toBeVisible();
    const expert = await team.page("Nora", PHONE);
    await expert.goto(`/p/${team.projectId}/compare/${review.id}`);
    await expect(expert.getByText(/^Jonas asks you to compare \d+ pairs/)).toBeVisible();
    await expert.getByRole("button", { name: "Begin" }).click();
    await expect(expert.getByText(/^1 of \d+ ·/)).toBeVisible();
    await expectAccessible(expert, "comparing on a phone");
    const total = Number(/of (\d+)/.exec((await expert.getByText(/^1 of \d+ ·/).textContent()) ?? "")?.[1]);
    for (let place = 1; place <= total; place += 1) {
      await expect(expert.getByText(new RegExp(`^${place} of ${total} ·`))).toBeVisible();
      const [first = "", second = ""] = await expert
        .getByRole("region", { name: /^(First|Second) answer$/ })
        .allInnerTexts();
      await expert.keyboard.press(first.length > second.length ? "1" : "2");
      await expert.keyboard.press("Enter");
    }
    await expect(expert.getByRole("heading", { name: /^That was the last one/ })).toBeFocused();
    await expert.getByRole("link", { name: "See the review" }).click();
    await expect(
      expert.getByText(/^One expert, not told which is which, preferred the new words on/),
    ).toBeVisible();
  });

  await test.step("the approver asks; a loss that nobody took stands in the way", async () => {
    await approver.goto(reviewAt(team, review.id));
    await decisionOf(approver).getByRole("button", { name: "Ask", exact: true }).click();
    await approver.getByLabel("Your words").fill("Is the season average known in week 1?");
    await approver.locator("#comments").getByRole("button", { name: "Ask", exact: true }).click();
    await expect(
      approver.locator("#comments").getByText("Is the season average known in week 1?"),
    ).toBeVisible();
    const promote = decisionOf(approver).getByRole("button", { name: /^Approve and promote v2/ });
    const blockers = decisionOf(approver).getByText("Before it can go live:");
    await expect(blockers).toBeVisible();
    await promote.press("Enter"); // it says why it is blocked
    await expect(approver.getByRole("alertdialog")).toHaveCount(0);
    await expect(approver.getByText(/must never fail, and does\.|has no reason yet\./).first()).toBeVisible();
    expect(await answerForLosses(approver)).toBeGreaterThan(0);
    await expect(blockers).toBeHidden();
    await lookAt(approver, "review-decide");
  });

  await test.step("approve and promote is one act; an agent takes it; the bundle is a file", async () => {
    await decisionOf(approver)
      .getByRole("button", { name: /^Approve and promote v2/ })
      .click();
    await confirm(approver, /^Promote v2 to production$/, "Coaches can act on it.");
    await expect(approver.getByText(/v2 is in production since/)).toBeVisible();
    const { secret } = await team
      .api(OWNER.name)
      .post(
        `/api/v1/projects/${team.projectId}/keys`,
        { name: "agent-a", scopes: ["prompts:read"] },
        createdApiKeySchema,
      );
    const origin = new URL(approver.url()).origin;
    const answer = await fetch(`${origin}/api/v1/prompts/${team.promptName}@production`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(promptReadSchema.parse(await answer.json())).toMatchObject({ version: 2, alias: "production" });
    await approver.reload();
    await expect(approver.getByText(/^agent-a took it \d+ seconds? later\.$/)).toBeVisible();
    const download = approver.waitForEvent("download");
    await approver.getByRole("link", { name: "Bundle" }).click();
    expect((await download).suggestedFilename()).toBe(`${team.promptName}-review-${review.number}.json`);
  });

  await test.step("what is in production is asked again, on the records of its evidence", async () => {
    await engineer.goto(`/p/${team.projectId}/prompts`);
    await engineer.getByRole("link", { name: "Check it again" }).click();
    await expect(engineer.getByRole("heading", { level: 1, name: "Check v2 again" })).toBeVisible();
    await lookAt(engineer, "check-offer");
    await engineer.getByRole("button", { name: /^Ask the \d+ records again$/ }).click();
    await expect(engineer.getByText(/^On 18 sealed records: .+ then, .+ now\./)).toBeVisible({
      timeout: 40_000,
    });
    await lookAt(engineer, "check-result", { onPhone: true });
    const compare = engineer.getByRole("button", { name: /^Compare / });
    if ((await compare.count()) > 0) {
      await compare.first().click();
      await expect(engineer.getByRole("dialog", { name: "Then and now" })).toBeVisible();
      await engineer.keyboard.press("Escape");
    }
  });

  await test.step("who may promote rolls back, alone and at once; history keeps both", async () => {
    await approver.getByRole("button", { name: "Roll back to v1" }).click();
    await confirm(approver, /^Roll back to v1$/, "Too long on the headset.");
    await expect(approver.getByText(/v2 was in production since/)).toBeVisible();
    await approver.goto(`/p/${team.projectId}/prompts`);
    await expect(approver.getByText("Too long on the headset.").first()).toBeVisible();
    await expect(approver.locator("#history").getByText("rolled back, was v2")).toBeVisible();
    await lookAt(approver, "prompts-rolled-back");
  });

  await test.step("the quarter, and the review, on paper", async () => {
    await approver.goto(`/p/${team.projectId}/reviews`);
    await approver.getByRole("link", { name: "This quarter, to print" }).click();
    await expect(
      approver.getByText("1 promotion, 0 declines, 1 rollback. None went round the gate."),
    ).toBeVisible();
    await expect(approver.getByText("Too long on the headset.").first()).toBeVisible();
    await lookAt(approver, "quarter", { onPhone: true });
    await expectPrintsToA4(approver, "quarter");
    await approver.goto(reviewAt(team, review.id));
    await expect(approver.getByText(/v2 was in production since/)).toBeVisible();
    await expectPrintsToA4(approver, "review");
  });
});

test("an approval is for the words that were read: an edit after it voids it, and the evidence", async ({
  teamOf,
}) => {
  test.setTimeout(120_000);
  const team = await teamOf(TEAM);
  const review = await team.review("Jonas", team.strongerText);
  await team.acceptAll("Dr Meier", await team.score("Jonas", review.id));
  const approver = await team.page("Dr Meier");
  await approver.goto(reviewAt(team, review.id));
  await decisionOf(approver).getByRole("button", { name: "Approve only" }).click();
  await expect(decisionOf(approver).getByRole("button", { name: "Promote v2", exact: true })).toBeVisible();

  const engineer = await team.page("Jonas");
  await engineer.goto(reviewAt(team, review.id));
  await engineer.getByRole("button", { name: "Edit the words" }).click();
  const dialog = engineer.getByRole("dialog");
  await dialog.getByLabel("Prompt").fill(`${team.strongerText}\nName the weather first.`);
  await dialog.getByRole("button", { name: "Save the words" }).click();
  await expect(dialog).toBeHidden();

  await approver.reload();
  await expect(approver.getByText("This evidence says nothing about today any more.")).toBeVisible();
  await expect(decisionOf(approver).getByText("Before it can go live:")).toBeVisible();
  await expect(decisionOf(approver).getByRole("button", { name: "Approve only" })).toBeVisible();
  // The words that were approved are registered as v2; the new ones would be v3.
  await decisionOf(approver)
    .getByRole("button", { name: /^Approve and promote v3/ })
    .press("Enter");
  await expect(approver.getByRole("alertdialog")).toHaveCount(0);
});

test("two reviews race for production: exactly one wins; the other says so, and goes on only round the gate, marked", async ({
  teamOf,
  watch,
}) => {
  test.setTimeout(240_000);
  const team = await teamOf(TEAM);
  watch.expectProblem(/409.*\/promote|\/promote: .*409/);
  const first = await team.review("Jonas", team.strongerText);
  const second = await team.review("Jonas", `${team.strongerText}\nBe brief.`);
  for (const { id } of [first, second]) await team.acceptAll("Dr Meier", await team.score("Jonas", id));
  const meier = await team.page("Dr Meier");
  const weber = await team.page("Dr Weber");

  await test.step("both dialogs are open; both press", async () => {
    await meier.goto(reviewAt(team, first.id));
    await weber.goto(reviewAt(team, second.id));
    for (const page of [meier, weber])
      await decisionOf(page)
        .getByRole("button", { name: /^Approve and promote v2/ })
        .click();
    await confirm(meier, /^Promote v2/, "Better.");
    await expect(meier.getByText(/v2 is in production since/)).toBeVisible();
    const dialog = weber.getByRole("alertdialog");
    await dialog.getByLabel("Reason").fill("Better, and brief.");
    await dialog.getByRole("button", { name: /^Promote v2/ }).click();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(weber.getByText("Production changed while you read.")).toBeVisible();
    await expect(weber.getByText(/Dr Meier promoted v2 at/)).toBeVisible();
    await lookAt(weber, "review-alias-moved");
  });

  await test.step("compared with what is there now, the evidence is from before", async () => {
    await weber.getByRole("button", { name: "Compare with v2" }).click();
    await expect(weber.getByText(/^Replaces v2 in production\./)).toBeVisible();
    await expect(weber.getByText(/This look compared with v1; v2 is there now\./).first()).toBeVisible();
    await decisionOf(weber)
      .getByRole("button", { name: /^Approve and promote v3/ })
      .press("Enter");
    await expect(weber.getByRole("alertdialog")).toHaveCount(0);
  });

  await test.step("not enough evidence: an admin goes round it with a reason, for ever marked", async () => {
    const review = await team.score("Jonas", second.id);
    expect(review.evidence?.verdict).not.toBe("better");
    await team.acceptAll("Dr Meier", review);
    const admin = await team.page(OWNER.name);
    await admin.goto(reviewAt(team, second.id));
    await expect(admin.getByText(/^Ways round this gate: override by an admin, used 0 times/)).toBeVisible();
    await admin.getByText(/^Ways round this gate:/).click();
    await admin.getByRole("button", { name: "Promote with a reason, round the evidence" }).click();
    await expect(admin.getByText(/This goes round the evidence\. History says so for ever/)).toBeVisible();
    await confirm(admin, /^Promote v3/, "The league asks for brief answers.");
    await expect(admin.getByText("overridden", { exact: true })).toBeVisible();
    await admin.goto(`/p/${team.projectId}/prompts`);
    await expect(admin.locator("#history").getByText("overridden", { exact: true })).toBeVisible();
  });
});
