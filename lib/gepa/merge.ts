import { sum } from "@/lib/util/math";
import type { Rng } from "@/lib/util/rng";
import type { Candidate, ExampleId } from "./types";

/** What merging looks at: candidates by index, with their parents' indexes and mean valset scores. */
export interface Lineage {
  candidates: readonly Candidate[];
  parents: readonly (readonly number[])[];
  means: readonly number[];
}

export interface MergeTriplet {
  i: number;
  j: number;
  ancestor: number;
}

export interface MergedCandidate {
  candidate: Candidate;
  /** Which side each component came from; one and the same for equal merges of a pair. */
  signature: string;
}

/** Every ancestor of a candidate, itself excluded. */
export function ancestorsOf(lineage: Lineage, index: number): Set<number> {
  const found = new Set<number>();
  const visit = (child: number): void => {
    for (const parent of lineage.parents[child] ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(index);
  return found;
}

/**
 * Common ancestors through which a pair may be merged (SPEC MG1): neither descends from the other, the ancestor is not
 * better than either, and in some component exactly one side still has the ancestor's text.
 */
export function eligibleAncestors(lineage: Lineage, i: number, j: number): number[] {
  const [ofI, ofJ] = [ancestorsOf(lineage, i), ancestorsOf(lineage, j)];
  if (ofI.has(j) || ofJ.has(i) || i === j) return [];
  const meanOf = (index: number): number => lineage.means[index] as number;
  return [...ofI]
    .filter((ancestor) => ofJ.has(ancestor) && meanOf(ancestor) <= meanOf(i) && meanOf(ancestor) <= meanOf(j))
    .filter((ancestor) => hasOneSidedChange(lineage, { i, j, ancestor }))
    .sort((a, b) => a - b);
}

/** The merged text of each component (SPEC MG2); `rng` breaks a tie between two changed sides of equal means. */
export function mergeCandidates(
  lineage: Lineage,
  { i, j, ancestor }: MergeTriplet,
  rng: Rng,
): MergedCandidate {
  const [first, second, origin] = [i, j, ancestor].map((index) => lineage.candidates[index] as Candidate) as [
    Candidate,
    Candidate,
    Candidate,
  ];
  const sides: string[] = [];
  const merged: Record<string, string> = {};
  for (const name of Object.keys(origin).sort()) {
    const side = sideOf(first[name], second[name], origin[name], preferred(lineage, i, j, rng));
    merged[name] = (side === 1 ? first : second)[name] as string;
    sides.push(`${name}:${side === 1 ? i : j}`);
  }
  return { candidate: merged, signature: sides.join(",") };
}

/**
 * Valset ids on which a merged candidate is tried (SPEC MG3): up to two where each parent is better, the rest ties or
 * whatever is left; repeats only when fewer than `size` are shared.
 */
export function mergeSubsample(
  first: ReadonlyMap<ExampleId, number>,
  second: ReadonlyMap<ExampleId, number>,
  size: number,
  rng: Rng,
): ExampleId[] {
  const shared = [...first.keys()].filter((id) => second.has(id));
  const lead = (id: ExampleId): number => (first.get(id) as number) - (second.get(id) as number);
  const each = Math.max(1, Math.ceil(size / 3));
  const chosen = [
    ...rng.shuffle(shared.filter((id) => lead(id) > 0)).slice(0, each),
    ...rng.shuffle(shared.filter((id) => lead(id) < 0)).slice(0, each),
  ].slice(0, size);
  chosen.push(...rng.shuffle(shared.filter((id) => lead(id) === 0)).slice(0, size - chosen.length));
  const unused = shared.filter((id) => !chosen.includes(id));
  chosen.push(...rng.shuffle(unused).slice(0, size - chosen.length));
  while (shared.length > 0 && chosen.length < size) chosen.push(rng.pick(shared));
  return chosen;
}

export function sumOver(scores: ReadonlyMap<ExampleId, number>, ids: readonly ExampleId[]): number {
  return sum(ids.map((id) => scores.get(id) as number));
}

const MAX_ATTEMPTS = 10;

/** What was merged before, so that nothing is merged twice. */
export interface MergeMemory {
  triplets: Set<string>;
  signatures: Set<string>;
}

/** Draws a pair and an ancestor that were not merged before; null when none is found (SPEC MG4). */
export function findMerge(
  lineage: Lineage,
  pool: readonly number[],
  memory: MergeMemory,
  hasOverlap: (i: number, j: number) => boolean,
  rng: Rng,
): (MergeTriplet & MergedCandidate) | null {
  if (pool.length < 2 || lineage.candidates.length < 3) return null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS * MAX_ATTEMPTS; attempt++) {
    const [i, j] = rng
      .shuffle(pool)
      .slice(0, 2)
      .sort((a, b) => a - b) as [number, number];
    const fresh = eligibleAncestors(lineage, i, j).filter(
      (ancestor) => !memory.triplets.has(`${i},${j},${ancestor}`),
    );
    if (fresh.length === 0 || !hasOverlap(i, j)) continue;
    const ancestor = drawAncestor(lineage, fresh, rng);
    const merged = mergeCandidates(lineage, { i, j, ancestor }, rng);
    memory.triplets.add(`${i},${j},${ancestor}`);
    if (memory.signatures.has(merged.signature)) continue;
    memory.signatures.add(merged.signature);
    return { i, j, ancestor, ...merged };
  }
  return null;
}

/** By mean score; evenly when all are zero, where the reference ends the run with an error (SPEC MG5). */
function drawAncestor(lineage: Lineage, ancestors: readonly number[], rng: Rng): number {
  const weightOf = (index: number): number => Math.max(0, lineage.means[index] as number);
  return ancestors.some((index) => weightOf(index) > 0)
    ? rng.weighted(ancestors, weightOf)
    : rng.pick(ancestors);
}

function hasOneSidedChange(lineage: Lineage, { i, j, ancestor }: MergeTriplet): boolean {
  const [first, second, origin] = [i, j, ancestor].map((index) => lineage.candidates[index] as Candidate) as [
    Candidate,
    Candidate,
    Candidate,
  ];
  return Object.keys(origin).some(
    (name) => first[name] !== second[name] && (first[name] === origin[name] || second[name] === origin[name]),
  );
}

function sideOf(
  first: string | undefined,
  second: string | undefined,
  origin: string | undefined,
  prefer: () => 1 | 2,
): 1 | 2 {
  if (first === second) return 1;
  if (first === origin) return 2;
  return second === origin ? 1 : prefer();
}

function preferred(lineage: Lineage, i: number, j: number, rng: Rng): () => 1 | 2 {
  const [a, b] = [lineage.means[i] as number, lineage.means[j] as number];
  return () => (a > b || (a === b && rng.next() < 0.5) ? 1 : 2);
}
