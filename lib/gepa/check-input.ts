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
  refuseNoNumbers(input);
  refuseTwoTexts(input);
}

/** Numbers that a comparison would quietly answer with false (NaN), or that no score can meet. */
function refuseNoNumbers({ targetScore, seed, floors, frugal = {}, reference }: OptimizeInput): void {
  refuseIf(!Number.isSafeInteger(seed), "bad-option", `seed is ${seed}`);
  refuseIf(!(targetScore > 0 && Number.isFinite(targetScore)), "bad-option", `targetScore is ${targetScore}`);
  const shares: readonly (readonly [string, number | undefined])[] = [
    ...Object.entries(floors).map(([judge, floor]) => [`the floor of ${judge}`, floor] as const),
    ["acceptProbability", frugal.acceptProbability],
    ["dropProbability", frugal.dropProbability],
    ["strictAcceptProbability", frugal.strictAcceptProbability],
    ["strictDropProbability", frugal.strictDropProbability],
    ["endgameShare", frugal.endgameShare],
    ["epsilon", reference?.epsilon],
  ];
  for (const [name, share] of shares)
    refuseIf(share !== undefined && !(share >= 0 && share <= 1), "bad-option", `${name} is ${share}`);
}

/** A record stands in both sets under one id: it is the same record, or scores of two would be taken for one's. */
function refuseTwoTexts({ trainset, valset }: OptimizeInput): void {
  const known = new Map(trainset.map((example) => [example.id, example]));
  for (const { id, inputs, expectations } of valset) {
    const other = known.get(id);
    const isOther = other !== undefined && (other.inputs !== inputs || other.expectations !== expectations);
    refuseIf(isOther, "duplicate-example", `${id} is one record in the trainset and another in the valset`);
  }
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
