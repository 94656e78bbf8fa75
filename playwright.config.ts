import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Undefined stands for Playwright's own browser. */
function findExecutable(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (existsSync(chromium.executablePath())) return undefined;
  return SYSTEM_BROWSERS.find((file) => existsSync(file));
}

const executablePath = findExecutable();
const report = process.env.TOUCHSTONE_E2E_REPORT;

/** No webServer: each spec's fixture starts its own copy of the built app, on a free port with its own data. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  // Waits end with the state they wait for: a patient limit costs nothing, and a busy machine needs it.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ...(report ? [["json", { outputFile: report }] as const] : [])],
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    colorScheme: "light",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), // Chromium refuses to sandbox as root
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
