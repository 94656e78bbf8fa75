import type { OptimizeInput } from "./options";

/** What makes an input unusable. The host shows it before a run is made. */
export type InputProblem =
  | "empty-trainset"
  | "empty-valset"
  | "duplicate-example"
  | "no-component"
  | "bad-budget"
  | "bad-lanes"
  | "bad-concurrency"
  | "bad-option";

/** Thrown by `optimize` before anything is spent (SPEC IN1). */
export class GepaInputError extends Error {
  override readonly name = "GepaInputError";

  constructor(
    readonly problem: InputProblem,
    detail: string,
  ) {
    super(`${problem}: ${detail}`);
  }
}

/** Refuses an input on which no honest run is possible. Throws `GepaInputError`. */
export function checkInput(input: OptimizeInput): void {
  refuseIf(input.trainset.length === 0, "empty-trainset", "there is no record to learn from");
  refuseIf(input.valset.length === 0, "empty-valset", "there is no record to compare on");
  refuseDuplicates(input.trainset, "trainset");
  refuseDuplicates(input.valset, "valset");
  refuseIf(Object.keys(input.seedCandidate).length === 0, "no-component", "the seed candidate has no text");
  refuseIf(!isCount(input.maxMetricCalls, 1), "bad-budget", `maxMetricCalls is ${input.maxMetricCalls}`);
  refuseIf(!isCount(input.lanes, 1), "bad-lanes", `lanes is ${input.lanes}`);
  refuseIf(!isCount(input.concurrency, 1), "bad-concurrency", `concurrency is ${input.concurrency}`);
  const sizes = [
    input.frugal?.rungSize,
    input.frugal?.seedIds,
    input.frugal?.reflectionExamples,
    input.frugal?.openingChain,
    input.reference?.minibatchSize,
    input.reference?.sampling?.parents,
    input.reference?.sampling?.perParent,
  ];
  for (const size of sizes)
    refuseIf(size !== undefined && !isCount(size, 1), "bad-option", `a size is ${size}`);
}

function refuseDuplicates(examples: readonly { id: string }[], name: string): void {
  const seen = new Set<string>();
  for (const { id } of examples) {
    refuseIf(seen.has(id), "duplicate-example", `${id} is twice in the ${name}`);
    seen.add(id);
  }
}

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function refuseIf(condition: boolean, problem: InputProblem, detail: string): void {
  if (condition) throw new GepaInputError(problem, detail);
}
