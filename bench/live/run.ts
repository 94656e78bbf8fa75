import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import next from "next";
import { startRunInput } from "@/lib/contracts/runs";
import { getContainer } from "@/lib/services/container";
import { giveNameHelper } from "../page-script";
import { CANDIDATES, RECORDS, type RecordedRun, recordRun } from "./recorded-run";
import { observePage, watchStream } from "./watchers";

const ROOT = join(import.meta.dirname, "../..");
const PORT = 4690;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const LIMITS = { p95Ms: 250, taskMs: 100, shift: 0.02 } as const;

interface Figures {
  p50Ms: number;
  p95Ms: number;
  longestTaskMs: number;
  loadTaskMs: number;
  shift: number;
  events: number;
}

/**
 * `npm run bench -- live [--watchers 50] [--seconds 20]`, over a build that is there: a recorded run of 500 candidates on
 * 200 records goes on at 20 events a second; one watcher is a browser page, the others read the same stream. From an
 * event's commit to its count on the screen, long tasks, layout shift.
 */
export async function runLiveBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { watchers: { type: "string", default: "50" }, seconds: { type: "string", default: "20" } },
  });
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  Object.assign(process.env, {
    HOST: "127.0.0.1",
    PORT: String(PORT),
    TOUCHSTONE_DATA_DIR: dataDir,
    TOUCHSTONE_SANDBOX_DELAY_MS: "0",
  });
  const app = next({ dev: false, dir: ROOT, hostname: "127.0.0.1", port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(PORT, "127.0.0.1", resolve));
  try {
    const figures = await measure(Number(values.watchers), Number(values.seconds));
    report(figures, Number(values.watchers));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    server.closeAllConnections();
    await getContainer().close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  process.exit(process.exitCode ?? 0); // Next keeps timers of its own
}

async function measure(watchers: number, seconds: number): Promise<Figures> {
  const cookie = await signUp();
  const { run, address } = prepareRun();
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((file) => existsSync(file));
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox"],
  });
  try {
    return await watch(browser, { cookie, run, address, watchers, seconds });
  } finally {
    await browser.close();
  }
}

interface Watched {
  cookie: string;
  run: RecordedRun;
  address: string;
  watchers: number;
  seconds: number;
}

async function watch(
  browser: Browser,
  { cookie, run, address, watchers, seconds }: Watched,
): Promise<Figures> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  const [name = "", value = ""] = cookie.split(/=(.*)/);
  await context.addCookies([{ name, value, url: ORIGIN }]);
  await giveNameHelper(context);
  const page = await context.newPage();
  await page.addInitScript(observePage);
  await page.goto(address);
  await page.getByText("scored answers used").first().waitFor();
  await wait(1_500);
  const loadTaskMs = Math.max(0, ...(await readPage(page)).tasks);
  await page.evaluate(() => (window as unknown as { bench: { tasks: number[] } }).bench.tasks.splice(0));
  const stream = `${ORIGIN}/api/v1/events?topic=run:${run.runId}&after=0`;
  const others = Array.from({ length: watchers - 1 }, () => watchStream(stream, cookie));
  await wait(1_500);
  const committed = await goOn(run, page, seconds);
  await wait(1_000);
  const seen = await readPage(page);
  for (const other of others) other.close();
  const delays = delaysOf(committed, seen.seen);
  return {
    p50Ms: quantile(delays, 0.5),
    p95Ms: quantile(delays, 0.95),
    longestTaskMs: Math.max(0, ...seen.tasks),
    loadTaskMs,
    shift: seen.shift,
    events: committed.size,
  };
}

async function signUp(): Promise<string> {
  const token = getContainer().services.auth.issueSetupToken();
  const response = await fetch(`${ORIGIN}/api/v1/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, name: "Jo", email: "jo@example.test", password: "long-enough-password" }),
  });
  if (!response.ok) throw new Error(`setup answered ${response.status}: ${await response.text()}`);
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** The sample's manifest, as a real launch freezes it; the real run is cancelled at once. */
function prepareRun(): { run: RecordedRun; address: string } {
  const { deps, services } = getContainer();
  const [user] = deps.repos.users.list().filter(({ isServerAdmin }) => isServerAdmin);
  if (!user) throw new Error("nobody has signed up");
  const actor = { kind: "user", userId: user.id, name: user.name, isServerAdmin: true, roles: {} } as const;
  const project = services.projects.openSample(actor);
  const options = services.runs.launchOptions(actor, project.id);
  const input = startRunInput.parse({
    promptVersionId: options.prompts[0]?.promptVersionId,
    judges: [{ judgeVersionId: options.judges[0]?.judgeVersionId, weight: 1 }],
    reason: "bench",
  });
  const real = services.runs.start(actor, project.id, input);
  void services.runs.control(actor, real.id, "cancel");
  const stored = deps.repos.runs.byId(real.id);
  if (!stored) throw new Error("the run was not stored");
  const { promptId, manifest } = stored;
  const run = recordRun(deps, { projectId: project.id, promptId, manifest, actorId: user.id });
  return { run, address: `${ORIGIN}/p/${project.id}/runs/${run.runId}` };
}

/** Twenty events a second, a candidate settled each second, and somebody who looks around meanwhile. */
async function goOn(run: RecordedRun, page: Page, seconds: number): Promise<Map<number, number>> {
  const committed = new Map<number, number>();
  const looking = lookAround(page, seconds);
  for (let tick = 0; tick < seconds * 20; tick++) {
    if (tick % 20 === 19) run.settleCandidate();
    committed.set(run.scoreAnswer(), Date.now());
    await wait(50);
  }
  await looking;
  return committed;
}

async function lookAround(page: Page, seconds: number): Promise<void> {
  const tabs = ["Records", "Family tree", "Log", "Settings used", "Candidates", "Records"];
  for (const tab of tabs) {
    await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
    await wait((seconds * 1_000) / (tabs.length + 2));
  }
  const grid = page.getByRole("region", { name: "Grades of the candidates on each record" });
  for (let step = 1; step <= 10; step++) {
    await grid.evaluate((box, to) => box.scrollTo({ left: to * 900, top: to * 300 }), step);
    await wait(100);
  }
}

interface Seen {
  seen: [number, number][];
  tasks: number[];
  shift: number;
}

function readPage(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { bench } = window as unknown as {
      bench: { seen: [number, number][]; tasks: number[]; shift(): number };
    };
    return { seen: [...bench.seen], tasks: [...bench.tasks], shift: bench.shift() };
  });
}

/** From each commit to the first look at the screen that showed it or a later one. */
function delaysOf(committed: ReadonlyMap<number, number>, seen: readonly [number, number][]): number[] {
  return [...committed].flatMap(([count, at]) => {
    const shown = seen.find(([shownCount]) => shownCount >= count);
    return shown ? [Math.max(0, shown[1] - at)] : [];
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function report(figures: Figures, watchers: number): void {
  const { p50Ms, p95Ms, longestTaskMs, loadTaskMs, shift, events } = figures;
  const isMet = p95Ms <= LIMITS.p95Ms && longestTaskMs <= LIMITS.taskMs && shift <= LIMITS.shift;
  const table = [
    `# Live run, ${CANDIDATES} candidates × ${RECORDS} records, ${watchers} watchers, ${events} events`,
    "",
    "| figure | measured | limit |",
    "|---|---|---|",
    `| commit to screen, median | ${Math.round(p50Ms)} ms | |`,
    `| commit to screen, 95 % | ${Math.round(p95Ms)} ms | ${LIMITS.p95Ms} ms |`,
    `| longest task while it goes on and tabs are changed | ${Math.round(longestTaskMs)} ms | ${LIMITS.taskMs} ms |`,
    `| longest task while the page loads | ${Math.round(loadTaskMs)} ms | |`,
    `| layout shift | ${shift.toFixed(4)} | ${LIMITS.shift} |`,
  ].join("\n");
  console.log(table);
  const folder = join(ROOT, "bench/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "live.md"), `${table}\n`);
  if (!isMet) process.exitCode = 1;
}
