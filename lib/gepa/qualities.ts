import { EDIT_PRIOR, type NoiseModel } from "./posterior";
import type { Member } from "./state";
import type { CandidateId, ExampleId } from "./types";

const MAX_SWEEPS = 40;
const SETTLED = 1e-4;
/** Variance of how easy examples are, before anything is known. */
const EASE_VARIANCE = 0.09;
const UNKNOWN_QUALITY = 0.5;
/** Precision of the belief that a child is about as good as its parent. */
const KINSHIP = 1 / EDIT_PRIOR.sd ** 2;

type Readings = Omit<Table, "readingCounts" | "weights">;

/** The readings as flat columns, for tight loops, member by member: those of member m begin at row `starts[m]`. */
interface Table {
  /** One more than there are members: the last is the number of rows. */
  starts: Int32Array;
  examples: Int32Array;
  scores: Float64Array;
  exampleCount: number;
  /** Index of each member's first parent; −1 for the seed. */
  parents: Int32Array;
  /** Readings of each example. */
  readingCounts: Float64Array;
  /** Precision of all that pulls at each member: its readings, its parent, its children. */
  weights: Float64Array;
}

/**
 * Posterior mean quality of every member (SPEC RA6): score = quality + ease of the example + noise, the quality of a
 * child believed near its parent's, the ease of an example near zero. So who met easy examples is not taken for good,
 * and who met few stays close to its parent. Solved by sweeps of coordinate updates. Members stand behind their parents.
 */
export function estimateQualities(members: readonly Member[], noise: NoiseModel): Map<CandidateId, number> {
  const variance = noise.variance / 2;
  const table = weighed(tableOf(members), variance);
  const quality = startOf(table, members.length);
  const ease = new Float64Array(table.exampleCount);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    updateEase(table, quality, ease, variance);
    if (updateQuality(table, quality, ease, variance) < SETTLED) break;
  }
  return new Map(members.map(({ id }, index) => [id, at(quality, index)]));
}

/** A member's readings as columns, kept as long as it has no new one. */
const columns = new WeakMap<Member["readings"], { ids: readonly ExampleId[]; scores: readonly number[] }>();

function columnsOf({ readings }: Member): { ids: readonly ExampleId[]; scores: readonly number[] } {
  const found = columns.get(readings) ?? {
    ids: [...readings.keys()],
    scores: Array.from(readings.values(), ({ score }) => score),
  };
  columns.set(readings, found);
  return found;
}

function tableOf(members: readonly Member[]): Readings {
  const memberIndex = new Map(members.map(({ id }, index) => [id, index]));
  const exampleIndex = new Map<ExampleId, number>();
  const count = members.reduce((total, { readings }) => total + readings.size, 0);
  const table = {
    starts: new Int32Array(members.length + 1),
    examples: new Int32Array(count),
    scores: new Float64Array(count),
  };
  let row = 0;
  for (const [index, member] of members.entries()) {
    const { ids, scores } = columnsOf(member);
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] as ExampleId;
      const example = exampleIndex.get(id) ?? exampleIndex.size;
      if (example === exampleIndex.size) exampleIndex.set(id, example);
      table.examples[row] = example;
      table.scores[row] = scores[at] as number;
      row += 1;
    }
    table.starts[index + 1] = row;
  }
  const parents = Int32Array.from(members, ({ parentIds }) => memberIndex.get(parentIds[0] ?? "") ?? -1);
  return { ...table, exampleCount: exampleIndex.size, parents };
}

/** What no sweep changes, added up once. */
function weighed(readings: Readings, variance: number): Table {
  const { starts, examples, parents, exampleCount } = readings;
  const readingCounts = new Float64Array(exampleCount);
  const weights = new Float64Array(parents.length);
  for (let member = 0; member < parents.length; member++) {
    for (let row = at(starts, member); row < at(starts, member + 1); row++) {
      const example = at(examples, row);
      readingCounts[example] = at(readingCounts, example) + 1;
      weights[member] = at(weights, member) + 1 / variance;
    }
  }
  for (let member = 0; member < parents.length; member++) {
    const parent = at(parents, member);
    if (parent < 0) continue;
    weights[member] = at(weights, member) + KINSHIP;
    weights[parent] = at(weights, parent) + KINSHIP;
  }
  return { ...readings, readingCounts, weights };
}

/** A member's own mean, else its parent's. */
function startOf({ starts, scores, parents }: Table, size: number): Float64Array {
  const quality = new Float64Array(size);
  for (let member = 0; member < size; member++) {
    const [from, until] = [at(starts, member), at(starts, member + 1)];
    let total = 0;
    for (let row = from; row < until; row++) total += at(scores, row);
    const parent = at(parents, member);
    const inherited = parent < 0 ? UNKNOWN_QUALITY : at(quality, parent);
    quality[member] = until > from ? total / (until - from) : inherited;
  }
  return quality;
}

function updateEase(table: Table, quality: Float64Array, ease: Float64Array, variance: number): void {
  const { starts, examples, scores, readingCounts } = table;
  const totals = new Float64Array(ease.length);
  for (let member = 0; member < quality.length; member++) {
    const own = at(quality, member);
    const until = at(starts, member + 1);
    for (let row = at(starts, member); row < until; row++) {
      const example = at(examples, row);
      totals[example] = at(totals, example) + at(scores, row) - own;
    }
  }
  for (let example = 0; example < ease.length; example++)
    ease[example] = at(totals, example) / (at(readingCounts, example) + variance / EASE_VARIANCE);
}

/** One sweep over the members; the largest change. */
function updateQuality(table: Table, quality: Float64Array, ease: Float64Array, variance: number): number {
  const { starts, examples, scores, parents, weights } = table;
  const pulls = new Float64Array(quality.length);
  const precision = 1 / variance;
  for (let member = 0; member < quality.length; member++) {
    const until = at(starts, member + 1);
    let total = 0;
    for (let row = at(starts, member); row < until; row++)
      total += precision * (at(scores, row) - at(ease, at(examples, row)));
    pulls[member] = total;
  }
  for (let member = 0; member < quality.length; member++) {
    const parent = at(parents, member);
    if (parent < 0) continue;
    pulls[member] = at(pulls, member) + KINSHIP * (at(quality, parent) + EDIT_PRIOR.mean);
    pulls[parent] = at(pulls, parent) + KINSHIP * (at(quality, member) - EDIT_PRIOR.mean);
  }
  let change = 0;
  for (let member = 0; member < quality.length; member++) {
    const weight = at(weights, member);
    if (weight === 0) continue;
    const next = at(pulls, member) / weight;
    change = Math.max(change, Math.abs(next - at(quality, member)));
    quality[member] = next;
  }
  return change;
}

/** An element inside the bounds, which every index here is by construction. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
