import { z } from "zod";
import { promptSchema } from "@/lib/contracts/prompts";
import { wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import { Api } from "./fixtures/api";
import { clinicJsonl, createClinic, importRecords } from "./fixtures/clinic";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

test("a prompt of several parts is written, reviewed, searched and read part by part", async ({
  page,
  context,
  serve,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  await context.addCookies(api.browserCookies());
  const { project, judge } = await createClinic(api);
  await importRecords(api, project.id, clinicJsonl());

  await test.step("written", async () => {
    await page.goto(`${server.url}/p/${project.id}/prompts`);
    await page.getByRole("button", { name: "Write another prompt" }).click();
    const dialog = page.getByRole("dialog", { name: "Write a prompt" });
    await dialog.getByLabel("Name", { exact: true }).fill("nurse-line-in-parts");
    await dialog.getByRole("button", { name: "Add a part" }).click();
    await dialog.getByLabel("Name of part 1").fill("tone");
    await dialog.getByLabel("Text of part 1").fill("Answer in short, calm sentences.");
    await dialog.getByLabel("Name of part 2").fill("safety");
    await dialog.getByLabel("Text of part 2").fill("Say how urgent it is.");
    await dialog.getByRole("button", { name: "Move part 2 up" }).click();
    await expect(dialog.getByLabel("Name of part 1")).toHaveValue("safety");
    await lookAt(page, "33-prompt-parts-write", { onPhone: true, inPlace: true });
    await dialog.getByRole("button", { name: "Save the prompt" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { name: "nurse-line-in-parts" })).toBeVisible();
  });

  await test.step("searched: a candidate shows each part against the one before it", async () => {
    const schema = z.object({ items: z.array(promptSchema) });
    const { items } = await api.get(`/api/v1/projects/${project.id}/prompts`, schema);
    const version = items.find(({ name }) => name === "nurse-line-in-parts")?.versions[0];
    expect(version?.layout).toEqual(["safety", "tone"]);
    const run = await api.post(
      `/api/v1/projects/${project.id}/runs`,
      {
        promptVersionId: version?.id,
        judges: [{ judgeVersionId: judge.inUse?.id ?? "", weight: 1 }],
        maxMetricCalls: 40,
      },
      wireRunSnapshotSchema,
    );
    await page.goto(`${server.url}/p/${project.id}/runs/${run.id}`);
    await expect(page.getByText("A candidate is ready.")).toBeVisible({ timeout: 60_000 });
    await page
      .getByRole("button", { name: /^Look at candidate/ })
      .first()
      .click();
    const inspector = page.getByRole("dialog");
    await expect(inspector.getByRole("heading", { name: "safety", exact: true })).toBeVisible();
    await expect(inspector.getByRole("heading", { name: "tone", exact: true })).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("reviewed: what changed, part by part", async () => {
    await page.getByRole("button", { name: "Review the candidate" }).click();
    await expect(page).toHaveURL(/\/reviews\//);
    await expect(page.getByRole("region", { name: "Part safety" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Part tone" })).toBeVisible();
    await page.getByRole("region", { name: "Part safety" }).scrollIntoViewIfNeeded();
    await lookAt(page, "34-review-of-parts", { inPlace: true });
  });
});
