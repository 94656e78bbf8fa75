import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock-dir.mjs";
import { npm } from "./npm.mjs";
import { root } from "./paths.mjs";
import { SetupError, say, secondsSince } from "./say.mjs";

const WANTED = "24.21.0";
const toolchain = path.join(root, ".toolchain");
const binary = path.join(
  toolchain,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** Whether the app runs on this Node: 22.19 or newer (the database driver crashes on 20 without a word). */
export function isModern(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}

/** The Node that runs the app: the system's where it is new enough, else one from npm, kept in .toolchain. */
export function ensureNode() {
  if (isModern(process.versions.node)) return process.execPath;
  if (!runs()) {
    withLock(path.join(toolchain, ".lock"), "fetching Node", () => {
      if (!runs()) install();
    });
  }
  return binary;
}

function runs() {
  return existsSync(binary) && spawnSync(binary, ["--version"]).status === 0;
}

function install() {
  const startMs = Date.now();
  say(
    `Node ${process.versions.node} is too old for Touchstone: fetching Node ${WANTED} into .toolchain (once) …`,
  );
  // The package picks the build for this machine in its install script, so scripts must run here.
  const options = ["--no-save", "--no-package-lock", "--ignore-scripts=false"];
  npm(["install", "--prefix", toolchain, ...options, `node@${WANTED}`], `Node ${WANTED}`);
  if (!runs()) {
    const machine = `${process.platform}-${process.arch}`;
    throw new SetupError(
      `Node ${WANTED} from npm does not run on this machine (${machine}). Install Node 24 yourself (https://nodejs.org), then run the command again.`,
    );
  }
  say(`Node ${WANTED} is ready (${secondsSince(startMs)}).`);
}
