import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { projectSchema } from "@/lib/contracts/projects";
import { giveNameHelper } from "../../bench/page-script";
import { type SeedPlan, seedProject } from "../../bench/workbench/seed";
import { Api } from "../fixtures/api";
import { OWNER } from "../fixtures/people";
import { makeDataDir, type RunningServer, removeDataDir, startServer } from "../fixtures/server";

export interface Workbench {
  server: RunningServer;
  projectId: string;
  queueId: string;
  context: BrowserContext;
  api: Api;
}

/** The built app with a large project, and a browser that is signed in; everything is removed at the end. */
export async function withWorkbench(
  size: Omit<SeedPlan, "projectId">,
  work: (bench: Workbench) => Promise<void>,
): Promise<void> {
  const dataDir = await makeDataDir();
  let server = await startServer({ dataDir });
  let browser: Browser | null = null;
  try {
    const api = new Api(server.url);
    await api.setUp(server.setupLink(), OWNER);
    const { id: projectId } = await api.post("/api/v1/projects/sample", undefined, projectSchema);
    await server.stop();
    const queueId = await seedProject(dataDir, { ...size, projectId });
    server = await startServer({ dataDir });
    browser = await chromium.launch({ ...(chromiumPath() ? { executablePath: chromiumPath() } : {}) });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
    });
    await giveNameHelper(context);
    const again = new Api(server.url);
    await again.send("POST", "/api/auth/sign-in/email", {
      body: { email: OWNER.email, password: OWNER.password },
      headers: { origin: server.url },
    });
    await context.addCookies(again.browserCookies());
    await work({ server, projectId, queueId, context, api: again });
  } finally {
    await browser?.close();
    await server.stop();
    await removeDataDir(dataDir);
  }
}

function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
    (path): path is string => path !== undefined && existsSync(path),
  );
}

/** Quicker than a person reads, grades and saves: a label each quarter of a second. */
const PACE_MS = 250;

/**
 * Milliseconds from each *Save and next* (Enter) until the next question is painted, measured inside the page. Where
 * the next one has not been fetched yet, the wait for it counts.
 */
export async function labelInARow(page: Page, count: number): Promise<number[]> {
  const before = await page.evaluate(measureSaves);
  for (let at = 0; at < count; at++) {
    const paced = page.waitForTimeout(PACE_MS);
    await page.keyboard.press(String(2 + (at % 4)));
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      (wanted) => (window as unknown as { took: number[] }).took.length >= wanted,
      before + at + 1,
    );
    await paced;
  }
  return page.evaluate((from) => (window as unknown as { took: number[] }).took.slice(from), before);
}

/** In the page: notes how long each Enter takes to another question. Gives back how many were noted before. */
function measureSaves(): number {
  const there = (window as unknown as { took?: number[] }).took;
  if (there) return there.length;
  const took: number[] = [];
  Object.assign(window, { took });
  const question = () => /Question\s+(\d+) of/.exec(document.querySelector("main")?.textContent ?? "")?.[1];
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter") return;
      const before = question();
      const pressedAt = event.timeStamp;
      const look = (): void => {
        const now = question();
        if (now === undefined || now === before) requestAnimationFrame(look);
        // the frame after the change has been painted once this task runs
        else requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - pressedAt), 0));
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
  return 0;
}

/** The value that a share of the list stays below. */
export function percentile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A line of the report; the promise is kept, or the bench ends with an error. */
export function tell(what: string, ms: number, limitMs: number): void {
  const isKept = ms <= limitMs;
  console.log(
    `${isKept ? "kept  " : "MISSED"}  ${what.padEnd(64)} ${ms.toFixed(0).padStart(6)} ms   (at most ${limitMs} ms)`,
  );
  if (!isKept) process.exitCode = 1;
}
