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

/** The place of each example in the tables: any numbering from 0 will do, as long as a run keeps to one. */
export type ExampleNumbers = ReadonlyMap<ExampleId, number>;

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
export function estimateQualities(
  members: readonly Member[],
  noise: NoiseModel,
  numbers: ExampleNumbers,
): Map<CandidateId, number> {
  const variance = noise.variance / 2;
  const table = weighed(tableOf(members, numbers), variance);
  const quality = startOf(table, members.length);
  const ease = new Float64Array(table.exampleCount);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    updateEase(table, quality, ease, variance);
    if (updateQuality(table, quality, ease, variance) < SETTLED) break;
  }
  return new Map(members.map(({ id }, index) => [id, at(quality, index)]));
}

/** A member's readings in rows of the table. */
interface Columns {
  numbers: ExampleNumbers;
  examples: Int32Array;
  scores: Float64Array;
}

/** Readings are never changed in place, so their columns hold as long as they do: a run adds a few and copies the rest. */
const columns = new WeakMap<Member["readings"], Columns>();

function columnsOf({ readings }: Member, numbers: ExampleNumbers): Columns {
  const known = columns.get(readings);
  if (known?.numbers === numbers) return known;
  const found = {
    numbers,
    examples: Int32Array.from(readings.keys(), (id) => numberOf(numbers, id)),
    scores: Float64Array.from(readings.values(), ({ score }) => score),
  };
  columns.set(readings, found);
  return found;
}

function numberOf(numbers: ExampleNumbers, id: ExampleId): number {
  const number = numbers.get(id);
  if (number === undefined) throw new Error(`no number for example ${id}`);
  return number;
}

function tableOf(members: readonly Member[], numbers: ExampleNumbers): Readings {
  const memberIndex = new Map(members.map(({ id }, index) => [id, index]));
  const count = members.reduce((total, { readings }) => total + readings.size, 0);
  const table = {
    starts: new Int32Array(members.length + 1),
    examples: new Int32Array(count),
    scores: new Float64Array(count),
  };
  let row = 0;
  for (const [index, member] of members.entries()) {
    const { examples, scores } = columnsOf(member, numbers);
    table.examples.set(examples, row);
    table.scores.set(scores, row);
    row += examples.length;
    table.starts[index + 1] = row;
  }
  const parents = Int32Array.from(members, ({ parentIds }) => memberIndex.get(parentIds[0] ?? "") ?? -1);
  return { ...table, exampleCount: numbers.size, parents };
}

/** What no sweep changes, added up once. */
function weighed(readings: Readings, variance: number): Table {
  const { starts, examples, parents, exampleCount } = readings;
  const readingCounts = new Float64Array(exampleCount);
  const weights = new Float64Array(parents.length);
  for (let member = 0; member < parents.length; member++) {
    for (let row = whole(starts, member); row < whole(starts, member + 1); row++) {
      const example = whole(examples, row);
      readingCounts[example] = at(readingCounts, example) + 1;
      weights[member] = at(weights, member) + 1 / variance;
    }
  }
  for (let member = 0; member < parents.length; member++) {
    const parent = whole(parents, member);
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
    const [from, until] = [whole(starts, member), whole(starts, member + 1)];
    let total = 0;
    for (let row = from; row < until; row++) total += at(scores, row);
    const parent = whole(parents, member);
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
    const until = whole(starts, member + 1);
    for (let row = whole(starts, member); row < until; row++) {
      const example = whole(examples, row);
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
    const until = whole(starts, member + 1);
    let total = 0;
    for (let row = whole(starts, member); row < until; row++)
      total += precision * (at(scores, row) - at(ease, whole(examples, row)));
    pulls[member] = total;
  }
  for (let member = 0; member < quality.length; member++) {
    const parent = whole(parents, member);
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

/**
 * An element inside the bounds, which every index here is by construction. One function a kind of array: the sweeps are
 * the engine's hottest loops, and one that met both kinds would be several times as slow.
 */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

function whole(values: Int32Array, index: number): number {
  return values[index] as number;
}
