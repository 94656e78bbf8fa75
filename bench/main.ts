import { runLoadBench } from "../e2e/load/run";
import { runLabelBench } from "../e2e/workbench/label";
import { runRecordsBench } from "../e2e/workbench/records";
import { runAlignBench } from "./align/run";
import { runEngineBench } from "./engine/run";
import { runForecastBench } from "./forecast/run";
import { runGateBench } from "./gate/run";
import { runLiveBench } from "./live/run";
import { runPromptApiBench } from "./prompt-api/run";
import { runProvenanceBench } from "./provenance/run";
import { runScaleBench } from "./scale/run";
import { UsageError } from "./usage-error";

/** `npm run bench -- NAME …`: one benchmark by its name. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  align: runAlignBench,
  engine: runEngineBench,
  forecast: runForecastBench,
  gate: runGateBench,
  live: runLiveBench,
  "prompt-api": runPromptApiBench,
  provenance: runProvenanceBench,
  scale: runScaleBench,
  label: runLabelBench,
  load: runLoadBench,
  records: runRecordsBench,
};

const [name = "", ...args] = process.argv.slice(2);
try {
  const bench = BENCHES[name];
  if (bench === undefined)
    throw new UsageError(`Usage: npm run bench -- ${Object.keys(BENCHES).join(" | ")} [options]`);
  await bench(args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
