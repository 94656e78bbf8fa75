import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildFingerprint } from "./fingerprint.mjs";
import { withLock } from "./lock-dir.mjs";
import { root } from "./paths.mjs";
import { SetupError, say, secondsSince } from "./say.mjs";
import { runTool } from "./spawn.mjs";

const buildIdFile = path.join(root, ".next/BUILD_ID");
const stampFile = path.join(root, ".next/touchstone-build-stamp");

/** Whether there is a build at all, of whatever sources. */
export function hasBuild() {
  return existsSync(buildIdFile);
}

/**
 * Builds the app for production unless the build of exactly these sources is there (`isForced`: in any case).
 * @throws {SetupError} when the build fails; what failed was printed by it
 */
export function ensureBuild(tools, { isForced = false } = {}) {
  withLock(path.join(root, ".toolchain/.build-lock"), "building the app", () => {
    const wanted = buildFingerprint();
    if (!isForced && hasBuild() && existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted)
      return;
    const startMs = Date.now();
    say("Building the app for production …");
    rmSync(stampFile, { force: true });
    if (runTool(tools, "next", ["build"], { NODE_ENV: "production" }) !== 0) {
      throw new SetupError("The app could not be built; the reason is above. Nothing was started.");
    }
    writeFileSync(stampFile, wanted);
    say(`The app is built (${secondsSince(startMs)}).`);
  });
}
