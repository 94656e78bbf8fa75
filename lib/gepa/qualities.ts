import { EDIT_PRIOR, type NoiseModel } from "./posterior";
import type { Member } from "./state";
import type { CandidateId, ExampleId } from "./types";

const MAX_SWEEPS = 40;
const SETTLED = 1e-4;
/** Variance of how easy examples are, before anything is known. */
const EASE_VARIANCE = 0.09;
const UNKNOWN_QUALITY = 0.5;

/** The readings as flat columns, for tight loops: reading r is of member `members[r]` on example `examples[r]`. */
interface Table {
  members: Int32Array;
  examples: Int32Array;
  scores: Float64Array;
  exampleCount: number;
  /** Index of each member's first parent; −1 for the seed. */
  parents: Int32Array;
}

/**
 * Posterior mean quality of every member (SPEC RA6): score = quality + ease of the example + noise, the quality of a
 * child believed near its parent's, the ease of an example near zero. So who met easy examples is not taken for good,
 * and who met few stays close to its parent. Solved by sweeps of coordinate updates. Members stand behind their parents.
 */
export function estimateQualities(members: readonly Member[], noise: NoiseModel): Map<CandidateId, number> {
  const table = tableOf(members);
  const variance = noise.variance / 2;
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

function tableOf(members: readonly Member[]): Table {
  const memberIndex = new Map(members.map(({ id }, index) => [id, index]));
  const exampleIndex = new Map<ExampleId, number>();
  const count = members.reduce((total, { readings }) => total + readings.size, 0);
  const table = {
    members: new Int32Array(count),
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
      table.members[row] = index;
      table.examples[row] = example;
      table.scores[row] = scores[at] as number;
      row += 1;
    }
  }
  const parents = Int32Array.from(members, ({ parentIds }) => memberIndex.get(parentIds[0] ?? "") ?? -1);
  return { ...table, exampleCount: exampleIndex.size, parents };
}

/** A member's own mean, else its parent's. */
function startOf(table: Table, size: number): Float64Array {
  const totals = new Float64Array(size);
  const counts = new Float64Array(size);
  for (let row = 0; row < table.scores.length; row++) {
    const member = at(table.members, row);
    totals[member] = at(totals, member) + at(table.scores, row);
    counts[member] = at(counts, member) + 1;
  }
  const quality = new Float64Array(size);
  for (let member = 0; member < size; member++) {
    const parent = at(table.parents, member);
    const inherited = parent < 0 ? UNKNOWN_QUALITY : at(quality, parent);
    quality[member] = at(counts, member) > 0 ? at(totals, member) / at(counts, member) : inherited;
  }
  return quality;
}

function updateEase(table: Table, quality: Float64Array, ease: Float64Array, variance: number): void {
  const totals = new Float64Array(ease.length);
  const counts = new Float64Array(ease.length);
  for (let row = 0; row < table.scores.length; row++) {
    const example = at(table.examples, row);
    totals[example] = at(totals, example) + at(table.scores, row) - at(quality, at(table.members, row));
    counts[example] = at(counts, example) + 1;
  }
  for (let example = 0; example < ease.length; example++)
    ease[example] = at(totals, example) / (at(counts, example) + variance / EASE_VARIANCE);
}

/** One sweep over the members; the largest change. */
function updateQuality(table: Table, quality: Float64Array, ease: Float64Array, variance: number): number {
  const weights = new Float64Array(quality.length);
  const pulls = new Float64Array(quality.length);
  const pull = (member: number, towards: number, precision: number): void => {
    pulls[member] = at(pulls, member) + precision * towards;
    weights[member] = at(weights, member) + precision;
  };
  for (let row = 0; row < table.scores.length; row++)
    pull(at(table.members, row), at(table.scores, row) - at(ease, at(table.examples, row)), 1 / variance);
  const kinship = 1 / EDIT_PRIOR.sd ** 2;
  for (let member = 0; member < quality.length; member++) {
    const parent = at(table.parents, member);
    if (parent < 0) continue;
    pull(member, at(quality, parent) + EDIT_PRIOR.mean, kinship);
    pull(parent, at(quality, member) - EDIT_PRIOR.mean, kinship);
  }
  let change = 0;
  for (let member = 0; member < quality.length; member++) {
    if (at(weights, member) === 0) continue;
    const next = at(pulls, member) / at(weights, member);
    change = Math.max(change, Math.abs(next - at(quality, member)));
    quality[member] = next;
  }
  return change;
}

/** An element inside the bounds, which every index here is by construction. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
