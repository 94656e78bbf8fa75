import { reviewSchema } from "@/lib/contracts/reviews";
import { type FakeMlflow, startFakeMlflow } from "@/test/start-fake-mlflow";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { test as base, expect } from "./fixtures/test";

const TOKEN = "token-of-the-staff";
const IS_PROMPT = { key: "mlflow.prompt.is_prompt", value: "true" };

/** An MLflow server with one prompt and two records, which knows no judges yet. */
const CONTENT = {
  token: TOKEN,
  absent: ["3.0/mlflow/scorers"],
  models: {
    scout: {
      tags: [IS_PROMPT],
      versions: [
        {
          version: "1",
          description: "First try",
          tags: [IS_PROMPT, { key: "mlflow.prompt.text", value: "Answer like a scout about {{ team }}." }],
        },
      ],
      aliases: { champion: "1" },
    },
  },
  datasets: {
    film: ["What do they call on third and long?", "Who returns punts?"].map((question, index) => ({
      dataset_record_id: `r${index}`,
      inputs: { question },
      expectations: { expected_response: "Names the play and how often." },
      tags: { topic: "film" },
    })),
  },
};

const test = base.extend<{ mlflow: FakeMlflow }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  mlflow: async ({}, use) => {
    const mlflow = await startFakeMlflow();
    await mlflow.set(CONTENT);
    await use(mlflow);
    await mlflow.stop();
  },
});

test("an MLflow server is connected, read with a look before, and written to with a promotion", async ({
  mlflow,
  teamOf,
  watch,
}) => {
  const team = await teamOf([
    { name: "Jonas", role: "engineer" },
    { name: "Dr Meier", role: "approver" },
  ]);
  const page = await team.page(OWNER.name);
  const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).press("Enter");
  const cellsOf = (kind: string) => page.getByRole("row", { name: kind }).getByRole("cell");

  await test.step("connect: a server that refuses says so; with the token its services are listed", async () => {
    watch.expectProblem(/502.*mlflow\/check|mlflow\/check: .*502/);
    await page.goto(`/p/${team.projectId}/settings/mlflow`);
    await page.getByLabel("Address of the MLflow server").fill(mlflow.url);
    await page.getByLabel("Experiment").fill("scouting");
    await press("Connect and look");
    await expect(page.getByText(/refused the token \(401\)/)).toBeVisible();
    await lookAt(page, "42-mlflow-refused", { onPhone: true });
    await page.getByLabel("Token or password").fill(TOKEN);
    await press(/^(Connect and look|Save and look again)$/);
    await expect(page.getByRole("listitem").filter({ hasText: "Prompt registry" })).toContainText("there");
    await expect(page.getByRole("listitem").filter({ hasText: /^.*Judges/ })).toContainText("missing");
    expect(await page.content()).not.toContain(TOKEN);
  });

  await test.step("read: first what would come in, then that; a second look finds all of it here", async () => {
    await press("See what is there");
    await expect(page.getByRole("heading", { name: "What would come in" })).toBeVisible();
    // new, changed there, here already, left out
    await expect(cellsOf("Records")).toHaveText(["2", "0", "0", "0"]);
    await lookAt(page, "43-mlflow-preview", { onPhone: true });
    await press("Take it over");
    await expect(page.getByRole("heading", { name: "What came in" })).toBeVisible();
    await press("Look again");
    await expect(page.getByRole("heading", { name: "What would come in" })).toBeVisible();
    await expect(cellsOf("Records")).toHaveText(["0", "0", "2", "0"]);
    await expect(page.getByRole("button", { name: "Take it over" })).toHaveAttribute("aria-disabled", "true");
  });

  await test.step("write: a promotion arrives there, is read back, and the page says what had no place", async () => {
    await page.getByLabel("Write each promotion and rollback of this project there").press("Space");
    await press("Save and look again");
    await expect(page.getByText(/^A promotion here writes the version/)).toBeVisible();
    const review = await team.score("Jonas", (await team.review("Jonas", team.strongerText)).id);
    await team.acceptAll("Dr Meier", review);
    await team
      .api("Dr Meier")
      .post(
        `/api/v1/reviews/${review.id}/promote`,
        { expectedCurrent: 1, reason: "Says what the coaches ask for.", override: false },
        reviewSchema,
      );
    await page.reload();
    const push = page
      .getByRole("listitem")
      .filter({ hasText: `${team.promptName}@production to v2, promoted` });
    await expect(push).toContainText("written");
    await push.getByText("Step by step").click();
    await lookAt(page, "44-mlflow-written", { inPlace: true });
    const { models } = await mlflow.state();
    expect(Object.values(models[team.promptName].aliases)).toEqual(["1"]);
    expect(JSON.stringify(models[team.promptName].versions)).toContain("final_score");
  });
});
