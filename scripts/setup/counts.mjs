import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {...Counts} all @returns {Counts} */
export function addCounts(...all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/** The line that CI reads. */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * The counts of a Vitest JSON report. A test file that could not even be loaded counts as one failure, and a runner
 * that failed without naming a test does too, so that a sum never looks green by accident.
 */
export function countVitest(report, exitCode) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return withRunnerFailure(counts, exitCode);
}

/** The counts of a Playwright JSON report. */
export function countPlaywright(report, exitCode) {
  const { expected, flaky, unexpected, skipped } = report.stats;
  return withRunnerFailure({ passed: expected + flaky, failed: unexpected, skipped }, exitCode);
}

/** Counts from a report file; a runner that died without one is a failure. */
export function readCounts(file, count, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return count(JSON.parse(readFileSync(file, "utf8")), exitCode);
}

/** 0 when at least one test ran and none failed. */
export function exitCodeOf({ passed, failed }) {
  return failed === 0 && passed > 0 ? 0 : 1;
}

function withRunnerFailure(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
