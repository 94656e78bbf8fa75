// `npm test`: check, build, browser tests, MLflow. The last line is the sum over all of them.
// --only e2e: the browser tests alone; further arguments go to Playwright.
import { rmSync } from "node:fs";
import path from "node:path";
import { bootstrap } from "./bootstrap.mjs";
import { ensureBrowser } from "./setup/browser.mjs";
import { ensureBuild, hasBuild } from "./setup/build.mjs";
import { addCounts, countPlaywright, exitCodeOf, formatCounts, readCounts } from "./setup/counts.mjs";
import { readCheckMarker } from "./setup/marker.mjs";
import { runMlflowTests } from "./setup/mlflow-tests.mjs";
import { cacheDir } from "./setup/paths.mjs";
import { runChecks } from "./setup/run-checks.mjs";
import { runMain, SetupError } from "./setup/say.mjs";
import { runTool } from "./setup/spawn.mjs";

await runMain(async () => {
  const { isOnlyE2e, rest } = readArguments(process.argv.slice(2));
  const tools = bootstrap();
  const parts = isOnlyE2e ? [] : [checkUnlessJustDone(tools)];
  // Browser tests of an app that does not type-check say nothing new.
  if (parts.every((counts) => exitCodeOf(counts) === 0)) parts.push(await runBrowserTests(tools, rest));
  const isGreen = parts.every((part) => exitCodeOf(part) === 0);
  // After the build of the browser tests. Where MLflow cannot be installed nothing passes, and one is skipped.
  if (!isOnlyE2e && hasBuild()) parts.push(runMlflowTests(tools));
  const counts = addCounts(...parts);
  console.log(`\n${formatCounts(counts)}`);
  return isGreen && counts.failed === 0 ? 0 : 1;
});

function readArguments(args) {
  const at = args.indexOf("--only");
  if (at < 0) return { isOnlyE2e: false, rest: args };
  if (args[at + 1] !== "e2e")
    throw new SetupError("Usage: node scripts/test.mjs [--only e2e] [Playwright arguments]");
  return { isOnlyE2e: true, rest: args.toSpliced(at, 2) };
}

function checkUnlessJustDone(tools) {
  const counts = process.env.CI === "true" ? readCheckMarker() : undefined;
  if (!counts) return runChecks(tools);
  console.log(`\n── check has just passed on exactly these sources (${formatCounts(counts)}): not repeated`);
  return counts;
}

/** A failure before the first test (the build, no browser) is one failure, so that the sum tells of it. */
async function runBrowserTests(tools, args) {
  console.log("\n── browser tests");
  const report = path.join(cacheDir, "e2e.json");
  rmSync(report, { force: true });
  let browser;
  try {
    ensureBuild(tools);
    browser = ensureBrowser(tools);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const exitCode = runTool(tools, "playwright", ["test", ...args], {
    ...browser,
    TOUCHSTONE_E2E_REPORT: report,
  });
  return readCounts(report, countPlaywright, exitCode);
}
