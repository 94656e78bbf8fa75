import { labelInARow, percentile, tell, withWorkbench } from "./browser";

const LABELS = 100;

/** `npm run bench -- label`: a hundred labels in a row by keyboard, key to next paint, with 10 000 records there. */
export async function runLabelBench(): Promise<void> {
  const size = { records: 10_000, traces: 100_000, queueSize: LABELS + 20 };
  console.log(`${LABELS} labels in a row; project of ${size.records} records and ${size.traces} answers.`);
  await withWorkbench(size, async ({ server, projectId, queueId, context }) => {
    const page = await context.newPage();
    await page.goto(`${server.url}/p/${projectId}/label/${queueId}`);
    await page.getByRole("button", { name: "Save and next" }).waitFor();
    const took = await labelInARow(page, LABELS);
    console.log(
      `measured ${took.length}, median ${percentile(took, 0.5).toFixed(0)} ms, worst ${Math.max(...took).toFixed(0)} ms`,
    );
    tell("key to next question painted, p95", percentile(took, 0.95), 100);
    // What waits to be sent is kept in the tab's storage; empty, all of it has arrived.
    await page.waitForFunction(() => sessionStorage.length === 0);
    const stored = await context.request.get(
      `${server.url}/api/v1/projects/${projectId}/labels?mine=true&limit=200`,
    );
    const { items } = (await stored.json()) as { items: unknown[] };
    console.log(`labels on the server: ${items.length} of ${LABELS}`);
    if (items.length !== LABELS) process.exitCode = 1;
  });
}
