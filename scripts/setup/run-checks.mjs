import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { addCounts, countVitest, exitCodeOf, readCounts } from "./counts.mjs";
import { lockcheck } from "./lockcheck.mjs";
import { writeCheckMarker } from "./marker.mjs";
import { cacheDir, root } from "./paths.mjs";
import { ensureRedis } from "./redis.mjs";
import { secondsSince } from "./say.mjs";
import { runTool } from "./spawn.mjs";

/** The quick checks, in the order in which their messages help most. Each gives an exit code. */
function staticChecks(tools) {
  const tool = (command, ...args) => runTool(tools, command, args);
  return [
    ["lock file", lockcheck],
    ["route types", () => tool("next", "typegen")],
    ["types", () => tool("tsc", "--noEmit", "-p", "tsconfig.json")],
    [
      "format, lint and arrows",
      () => tool("biome", "check", "--error-on-warnings", "--max-diagnostics=100", "."),
    ],
    ["unused code", () => tool("knip", "--treat-config-hints-as-errors")],
    [
      "migrations",
      () => (existsSync(path.join(root, "db/migrations/meta")) ? tool("drizzle-kit", "check") : 0),
    ],
  ];
}

/**
 * Runs every check and the unit tests (scripts/architecture.test.ts is one of them), the rest also when one fails.
 * A failed check counts as one failure in the sum. When all is well a marker says so for `npm test`.
 * @returns the counts
 */
export function runChecks(tools) {
  const failedChecks = [];
  for (const [name, check] of staticChecks(tools)) {
    const startMs = Date.now();
    console.log(`\n── ${name}`);
    if (check() !== 0) failedChecks.push(name);
    else console.log(`ok (${secondsSince(startMs)})`);
  }
  const unit = runUnitTests(tools);
  const counts = addCounts(unit, { passed: 0, failed: failedChecks.length, skipped: 0 });
  if (failedChecks.length > 0) console.error(`\nFailed checks: ${failedChecks.join(" · ")}`);
  if (exitCodeOf(counts) === 0) writeCheckMarker(counts);
  return counts;
}

function runUnitTests(tools) {
  console.log("\n── unit tests");
  ensureRedis(tools);
  const report = path.join(cacheDir, "unit.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = runTool(tools, "vitest", ["run", ...reporters]);
  return readCounts(report, countVitest, exitCode);
}
