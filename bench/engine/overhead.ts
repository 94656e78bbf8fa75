import { type Example, type OptimizeInput, optimize } from "@/lib/gepa";
import { tableOf } from "./tables";

/**
 * The engine's own time: processor time of its thread while evaluator and reflector answer at once. Other work on the
 * machine, and the stubs' own few microseconds aside, that is what the engine adds to each metric call.
 */
export interface Overhead {
  strategy: OptimizeInput["strategy"];
  /** Candidates that were evaluated, and examples of the valset. */
  candidates: number;
  examples: number;
  calls: number;
  /** Scores that the engine held at the end. */
  scores: number;
  /** Milliseconds a metric call: over the whole run, and over its last tenth, when all tables are full. */
  meanMs: number;
  lateMs: number;
}

const CANDIDATES = 200;
const EXAMPLES = 200;
const TARGET_MS = 0.2;

export async function measureOverhead(
  size = { candidates: CANDIDATES, examples: EXAMPLES },
): Promise<Overhead[]> {
  return [await measureStrategy("frugal", size), await measureStrategy("reference", size)];
}

async function measureStrategy(
  strategy: OptimizeInput["strategy"],
  size: { candidates: number; examples: number },
): Promise<Overhead> {
  const times: number[] = [];
  let proposals = 0;
  const result = await optimize(inputFor(strategy, size), {
    evaluator: {
      async evaluate({ candidate, exampleId }) {
        times.push(threadMs());
        const score = stubScore((candidate.system as string).length, Number(exampleId.slice(1)));
        return { status: "scored", score, objectives: {}, output: "answer", feedback: "feedback" };
      },
    },
    reflector: {
      async reflect() {
        proposals += 1;
        return {
          status: "answered",
          text: `\`\`\`component\n${"x".repeat(proposals)}\n\`\`\``,
          truncated: false,
        };
      },
    },
    control: {
      inputsAfter: async () => (proposals >= size.candidates ? [{ kind: "stop", reason: "user" }] : []),
    },
    archive: { saveProposal: () => undefined },
    clock: { now: () => 0 },
    emit: () => undefined,
    signal: new AbortController().signal,
  });
  const end = threadMs();
  const late = times.slice(-Math.max(1, Math.floor(times.length / 10)));
  return {
    strategy,
    candidates: result.candidates.length,
    examples: size.examples,
    calls: times.length,
    scores: result.candidates.reduce((total, { scores }) => total + scores.length, 0),
    meanMs: (end - (times[0] as number)) / times.length,
    lateMs: (end - (late[0] as number)) / late.length,
  };
}

/** Processor time of this thread so far, in milliseconds. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Rises slowly with the number of the edit, with enough scatter that races are long and fronts are crowded. */
function stubScore(edit: number, example: number): number {
  const scatter = ((edit * 7919 + example * 104_729 + edit * example * 31) % 997) / 997;
  return Math.min(0.99, 0.3 * scatter + 0.003 * edit);
}

function inputFor(
  strategy: OptimizeInput["strategy"],
  size: { candidates: number; examples: number },
): OptimizeInput {
  const examples = Array.from(
    { length: size.examples },
    (_, index): Example => ({ id: `r${index}`, inputs: `Question ${index}`, expectations: "", tags: [] }),
  );
  return {
    seedCandidate: { system: "seed" },
    trainset: examples,
    valset: examples,
    maxMetricCalls: 2 * size.candidates * size.examples,
    seed: 1,
    strategy,
    lanes: 1,
    concurrency: 16,
    targetScore: 1,
    floors: {},
    guidance: {
      description: "",
      keepVariables: {},
      guidelines: [],
      maxComponentChars: 8000,
      editStyle: "small-edits",
    },
  };
}

export function overheadTable(rows: readonly Overhead[]): string {
  return tableOf(
    [
      "engine time",
      "candidates × examples",
      "scores held",
      "calls",
      "ms a call",
      "in the last tenth",
      "target",
    ],
    rows.map((row) => [
      row.strategy,
      `${row.candidates} × ${row.examples}`,
      String(row.scores),
      String(row.calls),
      row.meanMs.toFixed(3),
      row.lateMs.toFixed(3),
      `${row.lateMs <= TARGET_MS ? "✓" : "✗"} ≤ ${TARGET_MS}`,
    ]),
  );
}
