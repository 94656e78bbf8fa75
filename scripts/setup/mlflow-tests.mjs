import { rmSync } from "node:fs";
import path from "node:path";
import { readCounts } from "./counts.mjs";
import { ensureMlflow } from "./mlflow-python.mjs";
import { cacheDir } from "./paths.mjs";
import { secondsSince } from "./say.mjs";
import { runTool } from "./spawn.mjs";

/**
 * Both directions against the real MLflow: its client reads from us, and we read from and write to its server. Needs
 * a build. Where there is no Python or no index to install from, it counts as one skipped and says why.
 * @returns the counts
 */
export function runMlflowTests(tools) {
  console.log("\n── MLflow, both ways");
  const startMs = Date.now();
  const mlflow = ensureMlflow();
  if ("skipped" in mlflow) {
    console.log(
      `SKIPPED: ${mlflow.skipped}. What does not need it is in the unit tests (lib/services/mlflow).`,
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const report = path.join(cacheDir, "mlflow.json");
  rmSync(report, { force: true });
  const env = { TOUCHSTONE_MLFLOW_PYTHON: mlflow.python, TOUCHSTONE_MLFLOW_REPORT: report };
  const exitCode = runTool(tools, "tsx", ["e2e/mlflow/main.ts"], env);
  console.log(`(${secondsSince(startMs)} with MLflow ${mlflow.version})`);
  return readCounts(report, (counts) => counts, exitCode);
}
