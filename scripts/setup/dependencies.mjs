import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock-dir.mjs";
import { npm } from "./npm.mjs";
import { cacheDir, root } from "./paths.mjs";
import { SetupError, say, secondsSince } from "./say.mjs";

const lockFile = path.join(root, "package-lock.json");
const installedFile = path.join(root, "node_modules/.package-lock.json");
const stampFile = path.join(cacheDir, "dependencies");

/** Installs what package-lock.json says, unless exactly that is installed already. */
export function ensureDependencies(env) {
  const wanted = fingerprint();
  if (isStamped(wanted)) return;
  // Outside node_modules, which `npm ci` empties.
  withLock(path.join(root, ".toolchain/.install-lock"), "installing the dependencies", () => {
    if (isStamped(wanted)) return;
    if (!isInstalled()) install(env);
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(stampFile, wanted);
  });
}

function install(env) {
  const startMs = Date.now();
  say("Installing the dependencies of package-lock.json into node_modules (once; half a minute or so) …");
  npm(["ci", "--include=dev", "--no-audit", "--no-fund"], "its dependencies", env);
  say(`Dependencies are ready (${secondsSince(startMs)}).`);
}

function fingerprint() {
  if (!existsSync(lockFile))
    throw new SetupError("package-lock.json is missing: this is no complete checkout.");
  return createHash("sha256").update(readFileSync(lockFile)).digest("hex");
}

function isStamped(wanted) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted;
}

/** Whether npm itself has installed this lock before (a developer's `npm install`), so that nothing is thrown away. */
function isInstalled() {
  if (!existsSync(installedFile)) return false;
  return isSameInstall(readPackages(lockFile), readPackages(installedFile));
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Compares the packages of a lock file with those npm recorded in node_modules: the same versions, where packages
 * for other platforms may be absent.
 */
export function isSameInstall(wanted, installed) {
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === "") continue;
    const found = installed[place];
    if (!found && entry.optional) continue;
    if (found?.version !== entry.version) return false;
  }
  return Object.keys(installed).every((place) => place in wanted);
}
