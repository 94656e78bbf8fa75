import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { UsageError } from "../usage-error";
import { armsOf } from "./arms";
import { REGIMES, regimeOf } from "./regimes";
import type { Split } from "./run-arm";

const SPLITS: readonly Split[] = ["shared", "halves", "sample"];

export interface BenchOptions {
  worlds: number;
  /** Seeds start here, so that a second run can look at other worlds. */
  firstSeed: number;
  budgets: readonly number[];
  regimes: readonly string[];
  arms: readonly string[] | null;
  split: Split;
  hasLatency: boolean;
  processes: number;
  /** Whether the tables go into docs/benchmarks.md too. */
  isForDoc: boolean;
  hasOverhead: boolean;
  /** The Python that runs the published implementation as a peer; null without one. */
  python: string | null;
}

export const USAGE = `npm run bench -- engine [options]

  --worlds N         worlds a regime (30); the design asks for 100 or more
  --first-seed N     seed of the first world (1)
  --budgets A,B      metric calls (75,150,300)
  --regimes A,B      some of: ${REGIMES.map(({ name }) => name).join(", ")}
  --arms A,B         some of: ${armsOf(null)
    .map(({ id }) => id)
    .join(", ")}; the reference is always run
  --split KIND       shared (valset = trainset), halves, or sample
  --no-latency       without simulated waiting: no minutes, a little faster
  --no-overhead      without timing the engine itself
  --processes N      worlds run side by side (${availableParallelism()})
  --peer python      runs the published implementation (PyPI: gepa) on the same worlds, beside ours
  --python PATH      the interpreter that has it (python3)
  --doc              writes the tables into docs/benchmarks.md as well`;

/** Reads the options. Throws with what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions {
  const values = parseValues(args);
  const arms = values.arms?.split(",") ?? null;
  armsOf(arms);
  const split = SPLITS.find((kind) => kind === values.split);
  if (split === undefined) throw new UsageError(`--split is one of ${SPLITS.join(", ")}.`);
  if (values.peer !== undefined && values.peer !== "python") throw new UsageError("--peer is python.");
  return {
    worlds: countOf("--worlds", values.worlds),
    firstSeed: countOf("--first-seed", values["first-seed"]),
    budgets: values.budgets.split(",").map((budget) => countOf("--budgets", budget)),
    regimes: (values.regimes?.split(",") ?? REGIMES.map(({ name }) => name)).map(
      (name) => regimeOf(name).name,
    ),
    arms,
    split,
    hasLatency: values.latency,
    processes: countOf("--processes", values.processes),
    isForDoc: values.doc,
    hasOverhead: values.overhead,
    python: values.peer === undefined ? null : values.python,
  };
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new UsageError(`${option} wants a whole number, not “${text}”.`);
  return count;
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        worlds: { type: "string", default: "30" },
        "first-seed": { type: "string", default: "1" },
        budgets: { type: "string", default: "75,150,300" },
        regimes: { type: "string" },
        arms: { type: "string" },
        split: { type: "string", default: "shared" },
        latency: { type: "boolean", default: true },
        overhead: { type: "boolean", default: true },
        processes: { type: "string", default: String(availableParallelism()) },
        doc: { type: "boolean", default: false },
        peer: { type: "string" },
        python: { type: "string", default: "python3" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
