import type { Rng } from "@/lib/util/rng";
import type { ExampleId } from "./types";

/**
 * The fixed order in which a run meets its examples (SPEC RA1): the valset shuffled, with the other trainset examples
 * spread between when the two sets are disjoint (both are evidence), or behind when the valset is a part of the trainset.
 */
export function orderExamples(
  trainIds: readonly ExampleId[],
  valIds: readonly ExampleId[],
  rng: Rng,
): ExampleId[] {
  const val = new Set(valIds);
  const train = new Set(trainIds);
  const first = rng.shuffle(valIds);
  const rest = rng.shuffle(trainIds.filter((id) => !val.has(id)));
  const isDisjoint = valIds.every((id) => !train.has(id));
  return isDisjoint ? interleave(rest, first) : [...first, ...rest];
}

function interleave(a: readonly ExampleId[], b: readonly ExampleId[]): ExampleId[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [a[index], b[index]])
    .flat()
    .filter((id) => id !== undefined);
}

/**
 * How many examples of that order a race may use: as many as the valset has, and as many of the trainset where the two
 * take turns. So a race without an end in sight stays in proportion to the budget the valset was cut for.
 */
export function raceLimit(trainIds: readonly ExampleId[], valIds: readonly ExampleId[]): number {
  const train = new Set(trainIds);
  return valIds.every((id) => !train.has(id)) ? 2 * valIds.length : valIds.length;
}

/**
 * The order of one race (SPEC RA7): half of each rung are examples that the change was aimed at, where a gain must show;
 * the rest follow the order of the run and guard against harm elsewhere.
 */
export function raceOrder(
  order: readonly ExampleId[],
  aimed: readonly ExampleId[],
  rungSize: number,
): ExampleId[] {
  const share = Math.floor(rungSize / 2);
  if (share === 0) return [...order];
  const rest = order.filter((id) => !aimed.includes(id));
  const rungs = Math.ceil(Math.max(aimed.length / share, rest.length / (rungSize - share)));
  return Array.from({ length: rungs }, (_, rung) => [
    ...aimed.slice(rung * share, (rung + 1) * share),
    ...rest.slice(rung * (rungSize - share), (rung + 1) * (rungSize - share)),
  ]).flat();
}
