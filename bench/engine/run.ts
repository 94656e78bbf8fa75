import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorldJob } from "./bench-world";
import { writeDoc } from "./doc";
import { ENDPOINT_USAGE } from "./endpoint/endpoint-options";
import { benchEndpoint } from "./endpoint/run-endpoint";
import { type BenchOptions, readOptions, USAGE } from "./options";
import { measureOverhead, overheadTable } from "./overhead";
import { peerVersion } from "./peer/peer";
import { runWorlds } from "./pool";
import { fullReport, summaryReport } from "./report";
import { collectResults, type Results } from "./results";

/**
 * `npm run bench -- engine`: true quality of the recommended candidate as a share of what is attainable, paired by world,
 * every regime printed. The whole report is written to bench/results too: with `--doc` as engine.md, which is kept in the
 * repository, else as engine.tmp.md, which is not.
 */
export async function runEngineBench(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) return console.log(`${USAGE}\n\nOn real models:\n\n${ENDPOINT_USAGE}`);
  if (args.includes("--endpoint")) return runEndpointBench(args);
  const options = readOptions(args);
  const notes = options.python === null ? [] : [`Python peer: gepa ${await peerVersion(options.python)}.`];
  const results = await runAll(options);
  const overhead = options.hasOverhead ? overheadTable(await measureOverhead()) : "";
  const report = fullReport(results, options, notes);
  console.log(overhead === "" ? report : `${report}\n\n${overhead}`);
  save(options.isForDoc ? "engine.md" : "engine.tmp.md", report);
  if (options.isForDoc) writeDoc(summaryReport(results), overhead);
}

/** On real models, or what claims to be: see benchEndpoint. */
async function runEndpointBench(args: readonly string[]): Promise<void> {
  const table = await benchEndpoint(args, (line) => console.error(line));
  console.log(table);
  save("endpoint.tmp.md", table);
}

async function runAll(options: BenchOptions): Promise<Results> {
  const { regimes, budgets, arms, split, hasLatency, worlds, firstSeed, python } = options;
  const seeds = Array.from({ length: worlds }, (_, index) => firstSeed + index);
  const jobs = regimes.flatMap((regime) =>
    seeds.map((seed): WorldJob => ({ regime, seed, budgets, arms, split, hasLatency, python })),
  );
  const startedAt = performance.now();
  const results = await runWorlds(jobs, options.processes, (done) =>
    noteProgress(done, jobs.length, startedAt),
  );
  return collectResults(
    regimes,
    budgets,
    jobs.map(({ regime }, index) => ({ regime, result: results[index] as (typeof results)[number] })),
  );
}

/** On stderr, so that stdout is the report alone. */
function noteProgress(done: number, total: number, startedAt: number): void {
  if (done !== total && done % Math.ceil(total / 20) !== 0) return;
  const seconds = (performance.now() - startedAt) / 1000;
  console.error(`${done} of ${total} worlds, ${seconds.toFixed(0)} s`);
}

function save(name: string, text: string): void {
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${text}\n`);
}
