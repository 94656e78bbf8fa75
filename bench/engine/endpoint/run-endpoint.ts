import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { HeadlessResult } from "@/lib/services/headless/result";
import { writeClinicFiles } from "@/lib/services/headless/testing/clinic-files";
import { UsageError } from "../../usage-error";
import { type EndpointOptions, readEndpointOptions } from "./endpoint-options";
import { endpointTable } from "./endpoint-table";

/** Strategies as the headless command names them. */
export const ENDPOINT_ARMS = [
  { name: "reference, as the product runs it", options: ["--strategy", "reference"] },
  { name: "frugal", options: ["--strategy", "frugal"] },
  { name: "frugal, 4 lanes", options: ["--strategy", "frugal", "--lanes", "4"] },
] as const;

/** One run of the command; null where failures stopped it. */
export interface EndpointRun {
  arm: string;
  budget: number;
  seed: number;
  result: HeadlessResult | null;
}

/**
 * The comparison on real models: each arm, budget and seed is one call of the headless command, one after the other so
 * that none slows the other down. True quality is unknown here; what counts is the holdout, which no search sees.
 */
export async function benchEndpoint(args: readonly string[], say: (line: string) => void): Promise<string> {
  const options = readEndpointOptions(args);
  const sample = options.data === null ? writeClinicFiles() : null;
  try {
    return endpointTable(await runAll(options, options.data ?? sample?.args ?? [], say));
  } finally {
    if (sample !== null) rmSync(sample.folder, { recursive: true, force: true });
  }
}

async function runAll(
  options: EndpointOptions,
  data: readonly string[],
  say: (line: string) => void,
): Promise<EndpointRun[]> {
  const runs: EndpointRun[] = [];
  for (const budget of options.budgets)
    for (let seed = 1; seed <= options.repeats; seed++)
      for (const arm of ENDPOINT_ARMS) {
        const given = [
          ...data,
          ...options.models,
          ...arm.options,
          ...["--max-metric-calls", String(budget), "--seed", String(seed)],
          ...["--holdout", options.holdout, "--json"],
        ];
        const result = await optimize(given);
        runs.push({ arm: arm.name, budget, seed, result });
        say(`${arm.name}, ${budget} calls, seed ${seed}: ${result?.stopReason ?? "stopped by failures"}`);
      }
  return runs;
}

const ROOT = join(import.meta.dirname, "../../..");
const COMMAND = ["--import", "tsx", "--conditions=react-server", "scripts/cli/optimize.ts"];

/** Runs the command; throws with its words on bad input. */
function optimize(args: readonly string[]): Promise<HeadlessResult | null> {
  const child = spawn(process.execPath, [...COMMAND, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || code === 3) resolve(JSON.parse(stdout) as HeadlessResult);
      else if (code === 4) resolve(null);
      else if (code === 2) reject(new UsageError(stderr.trim()));
      else reject(new Error(`The command ended with ${code}.\n${stderr}`));
    });
  });
}
