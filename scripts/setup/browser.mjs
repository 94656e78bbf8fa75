import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError, say } from "./say.mjs";
import { toolPath } from "./spawn.mjs";
import { canUseApt, quietly } from "./system-packages.mjs";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * A Chromium for the browser tests: the one CHROMIUM_PATH names, Playwright's own, or the system's; when there is none
 * Playwright's is downloaded, or, where that is not possible, the distribution's is installed with apt.
 * @returns the environment that tells playwright.config.ts about it
 */
export function ensureBrowser(tools) {
  const found = findBrowser(tools.env);
  if (found !== undefined) return found;
  say("There is no Chromium for the browser tests yet: fetching Playwright's own …");
  if (quietly(tools.node, [toolPath("playwright"), "install", "chromium"], tools.env) && hasOwn()) return {};
  if (canUseApt()) {
    say("It cannot be downloaded here: installing the system's Chromium with apt …");
    const env = { ...tools.env, DEBIAN_FRONTEND: "noninteractive" };
    quietly("apt-get", ["update", "-qq"], env);
    quietly("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], env);
    const installed = findBrowser(tools.env);
    if (installed !== undefined) return installed;
  }
  throw new SetupError(
    "The browser tests need Chromium, and it could be neither downloaded nor installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one, then run the command again.",
  );
}

function findBrowser(env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { CHROMIUM_PATH: named };
    throw new SetupError(`CHROMIUM_PATH is ${named}, but there is no such file.`);
  }
  if (hasOwn()) return {};
  const system = SYSTEM_BROWSERS.find((file) => existsSync(file));
  return system ? { CHROMIUM_PATH: system } : undefined;
}

/** Whether Playwright's own Chromium is there and starts (a download alone may lack system libraries). */
function hasOwn() {
  const { chromium } = createRequire(path.join(root, "package.json"))("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) && spawnSync(file, ["--version"]).status === 0;
}
