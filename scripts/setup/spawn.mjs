import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError } from "./say.mjs";

/** Tools whose package has another name than their command. */
const PACKAGES = { biome: "@biomejs/biome", playwright: "@playwright/test", tsc: "typescript" };

/** The script behind a command of node_modules/.bin, to be run by the right Node without a shell, on Windows too. */
export function toolPath(command) {
  const name = PACKAGES[command] ?? command;
  const folder = path.join(root, "node_modules", name);
  let bin;
  try {
    bin = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).bin;
  } catch {
    throw new SetupError(`There is no tool "${command}" among the project's dependencies.`);
  }
  return path.join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** Runs a tool to its end with the terminal's output; resolves to its exit code. */
export function runTool({ node, env }, command, args, extraEnv = {}) {
  const result = spawnSync(node, [toolPath(command), ...args], {
    cwd: root,
    env: { ...env, ...extraEnv },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/**
 * Runs a tool in the foreground as if it had been started instead of us: terminal shared, SIGTERM, SIGINT and SIGHUP
 * passed on, its exit code (128 + n after a signal) is ours.
 */
export function runForeground({ node, env }, command, args, extraEnv = {}) {
  const child = spawn(node, [toolPath(command), ...args], {
    cwd: root,
    env: { ...env, ...extraEnv },
    stdio: "inherit",
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself; a second copy would count as "quit at once".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  stopWhenOrphaned(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}

/** A terminated `npm start` does not pass the signal on: without npm above us we stop, or the server would live on. */
function stopWhenOrphaned(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  watch.unref();
}
