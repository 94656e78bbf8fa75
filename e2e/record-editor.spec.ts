import type { Locator, Page } from "@playwright/test";
import { projectSchema } from "@/lib/contracts/projects";
import { savedRecordSchema } from "@/lib/contracts/records";
import { Api } from "./fixtures/api";
import { lookAt } from "./fixtures/look";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

const PHONE = { width: 390, height: 844 };
const TURNS = [
  "Who is out this week?",
  "The left tackle.",
  "Who plays there then?",
  "The rookie.",
  "Is he ready?",
];

test("turns of a conversation are put into another order by dragging, with a mouse and with a finger", async ({
  page,
  context,
  browser,
  serve,
  watch,
}) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects", { name: "Spring camp" }, projectSchema);
  const messages = TURNS.map((content, at) => ({ role: at % 2 === 0 ? "user" : "assistant", content }));
  const record = await api.post(
    `/api/v1/projects/${project.id}/records`,
    { inputs: { messages, fields: {} } },
    savedRecordSchema,
  );
  const address = `${server.url}/p/${project.id}/records/${record.id}`;
  await context.addCookies(api.browserCookies());
  const [first, second, third, fourth, fifth] = TURNS;

  await test.step("a mouse takes the first turn below the third; undo takes it back, redo does it again", async () => {
    await page.goto(address);
    await expectOrder(page, TURNS);
    await lookAt(page, "record-turns", { inPlace: true, onPhone: true });
    await grab(page, 0);
    await page.mouse.move(...(await middleOf(row(page, 2))), { steps: 5 });
    await expect(row(page, 0)).toHaveClass(/shadow-high/);
    await page.mouse.up();
    await expectOrder(page, [second, third, first, fourth, fifth]);
    await expect(page.getByText("Turn 1 is now turn 3 of 5.")).toBeAttached();
    await expect.poll(() => savedTurns(api, record.id)).toEqual([second, third, first, fourth, fifth]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expectOrder(page, TURNS);
    await page.getByRole("button", { name: "Do it again" }).click();
    await expectOrder(page, [second, third, first, fourth, fifth]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => savedTurns(api, record.id)).toEqual(TURNS);
  });

  await test.step("Escape lets it go where it was, and leaves the record open", async () => {
    await grab(page, 4);
    await page.mouse.move(...(await middleOf(row(page, 3))), { steps: 5 });
    await expect(row(page, 4)).toHaveClass(/shadow-high/);
    await page.keyboard.press("Escape");
    await expect(row(page, 4)).not.toHaveClass(/shadow-high/);
    await page.mouse.up();
    await expectOrder(page, TURNS);
    await expect(page).toHaveURL(address);
  });

  await test.step("the buttons say where it went, and keep the focus", async () => {
    await page.getByRole("button", { name: "Move turn 2 up" }).press("Enter");
    await expect(page.getByText("Turn 2 is now turn 1 of 5.")).toBeAttached();
    await expect(page.getByRole("button", { name: "Move turn 1 up" })).toBeFocused();
    await expectOrder(page, [second, first, third, fourth, fifth]);
    await expect.poll(() => savedTurns(api, record.id)).toEqual([second, first, third, fourth, fifth]);
  });

  await test.step("a finger takes the first turn to the end, past what the phone shows, without scrolling it away", async () => {
    const phone = await browser.newContext({ viewport: PHONE, hasTouch: true, reducedMotion: "reduce" });
    watch.also(phone);
    await phone.addCookies(api.browserCookies());
    const thumb = await phone.newPage();
    await thumb.goto(address);
    await expectOrder(thumb, [second, first, third, fourth, fifth]);
    await handle(thumb, 0).scrollIntoViewIfNeeded();
    const [x, y] = await middleOf(handle(thumb, 0));
    const touch = await phone.newCDPSession(thumb);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
    await send("touchStart", y);
    await send("touchMove", y + 30);
    await expect(row(thumb, 0)).toHaveClass(/shadow-high/);
    // held at the edge, the page comes along until the last turn makes way
    await send("touchMove", PHONE.height - 10);
    await expect(row(thumb, 4)).toHaveAttribute("style", /translateY\(-/);
    await send("touchEnd");
    await expectOrder(thumb, [first, third, fourth, fifth, second]);
    await expect.poll(() => savedTurns(api, record.id)).toEqual([first, third, fourth, fifth, second]);
    await phone.close();
  });
});

const row = (page: Page, at: number): Locator => page.locator("[data-turn]").nth(at);
const handle = (page: Page, at: number): Locator => row(page, at).locator("[data-drag]");

/** Presses the handle of a turn with the mouse. */
async function grab(page: Page, at: number): Promise<void> {
  await handle(page, at).hover();
  await page.mouse.down();
}

async function middleOf(target: Locator): Promise<[x: number, y: number]> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("It is not drawn.");
  return [box.x + box.width / 2, box.y + box.height / 2 + 4];
}

async function expectOrder(page: Page, texts: readonly (string | undefined)[]): Promise<void> {
  const boxes = page.locator("[data-turn] textarea");
  await expect(boxes).toHaveCount(texts.length);
  for (const [at, text] of texts.entries()) await expect(boxes.nth(at)).toHaveValue(text ?? "");
}

/** The turns as the server has them. */
async function savedTurns(api: Api, recordId: string): Promise<string[]> {
  const { inputs } = await api.get(`/api/v1/records/${recordId}`, savedRecordSchema.partial({ hints: true }));
  return inputs.messages.map(({ content }) => content);
}
