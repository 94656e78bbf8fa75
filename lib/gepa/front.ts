import { mean } from "@/lib/util/math";
import type { FrontierType } from "./options";
import type { ExampleId } from "./types";

/** Key → indexes of the candidates that share its best score, ascending. Keys stand in order of first appearance. */
export type Fronts = ReadonlyMap<string, readonly number[]>;

/** What a front looks at: one candidate's scores on the valset. */
export interface FrontScores {
  scores: ReadonlyMap<ExampleId, number>;
  objectives: ReadonlyMap<ExampleId, Readonly<Record<string, number>>>;
}

/**
 * The fronts of all keys of a frontier type (SPEC PF1): strictly higher replaces, exactly equal joins, an id that a
 * candidate was not scored on counts for nothing. Order of keys: the examples as given, then objectives.
 */
export function frontsOf(
  type: FrontierType,
  candidates: readonly FrontScores[],
  exampleIds: readonly ExampleId[],
): Fronts {
  if (type === "instance") return instanceFronts(candidates, exampleIds);
  const fronts = new Map<string, number[]>();
  const best = new Map<string, number>();
  const columns = candidates.map((candidate) => keyedScores(type, candidate));
  for (const key of orderedKeys(type, columns, exampleIds)) {
    for (const [index, column] of columns.entries()) {
      const score = column.get(key);
      if (score === undefined) continue;
      const top = best.get(key);
      if (top === undefined || score > top) {
        best.set(key, score);
        fronts.set(key, [index]);
      } else if (score === top) fronts.get(key)?.push(index);
    }
  }
  return fronts;
}

/** The common case without a key for every score, and without a look at scores that are not there: it is run at every decision. */
function instanceFronts(candidates: readonly FrontScores[], exampleIds: readonly ExampleId[]): Fronts {
  const tops = new Map<ExampleId, { score: number; front: number[] }>();
  for (const id of exampleIds) tops.set(id, { score: Number.NEGATIVE_INFINITY, front: [] });
  for (const [index, { scores }] of candidates.entries()) {
    for (const [id, score] of scores) {
      const top = tops.get(id);
      if (top === undefined || score > top.score) tops.set(id, { score, front: [index] });
      else if (score === top.score) top.front.push(index);
    }
  }
  const fronts = new Map<string, number[]>();
  for (const [id, { front }] of tops) if (front.length > 0) fronts.set(instanceKey(id), front);
  return fronts;
}

/**
 * Removes dominated candidates (SPEC PF2): going up by mean score, ties in order of first appearance, a candidate goes
 * when every front that holds it holds another one that is still there. One pass is enough: a front only gets emptier,
 * so who had to stay before has to stay after.
 */
export function pruneFronts(fronts: Fronts, meanOf: (candidate: number) => number): Fronts {
  const held = new Map<number, string[]>();
  const alive = new Map<string, number>();
  for (const [key, members] of fronts) {
    alive.set(key, members.length);
    for (const member of members) {
      const keys = held.get(member);
      if (keys) keys.push(key);
      else held.set(member, [key]);
    }
  }
  const removed = new Set<number>();
  const ascending = [...held.keys()].sort((a, b) => meanOf(a) - meanOf(b));
  for (const candidate of ascending) {
    const keys = held.get(candidate) ?? [];
    if (!keys.every((key) => (alive.get(key) ?? 0) > 1)) continue;
    removed.add(candidate);
    for (const key of keys) alive.set(key, (alive.get(key) ?? 0) - 1);
  }
  return new Map(
    [...fronts].map(([key, members]) => [key, members.filter((member) => !removed.has(member))]),
  );
}

/** Survivor → number of fronts it is on; the weight with which it is drawn (SPEC PF3). In order of first appearance. */
export function frontWeights(pruned: Fronts): Map<number, number> {
  const weights = new Map<number, number>();
  for (const members of pruned.values())
    for (const member of members) weights.set(member, (weights.get(member) ?? 0) + 1);
  return weights;
}

/** Survivor → the valset examples on which it is among the best; keys of objectives alone name no example. */
export function bestOnExamples(pruned: Fronts): Map<number, ExampleId[]> {
  const bestOn = new Map<number, Set<ExampleId>>();
  for (const [key, members] of pruned) {
    const exampleId = exampleOfKey(key);
    for (const member of members) {
      const known = bestOn.get(member) ?? new Set();
      if (exampleId !== null) known.add(exampleId);
      bestOn.set(member, known);
    }
  }
  return new Map([...bestOn].map(([member, ids]) => [member, [...ids]]));
}

const instanceKey = (id: ExampleId): string => JSON.stringify([id]);
const objectiveKey = (name: string): string => JSON.stringify([null, name]);
const cartesianKey = (id: ExampleId, name: string): string => JSON.stringify([id, name]);

function exampleOfKey(key: string): ExampleId | null {
  return (JSON.parse(key) as [ExampleId | null])[0];
}

function keyedScores(type: FrontierType, candidate: FrontScores): Map<string, number> {
  const column = new Map<string, number>();
  if (type === "instance" || type === "hybrid")
    for (const [id, score] of candidate.scores) column.set(instanceKey(id), score);
  if (type === "objective" || type === "hybrid")
    for (const [name, average] of objectiveMeans(candidate)) column.set(objectiveKey(name), average);
  if (type === "cartesian")
    for (const [id, objectives] of candidate.objectives)
      for (const [name, score] of Object.entries(objectives)) column.set(cartesianKey(id, name), score);
  return column;
}

/** Mean of each objective over the ids where it is present (SPEC PF4). */
export function objectiveMeans(candidate: FrontScores): Map<string, number> {
  const values = new Map<string, number[]>();
  for (const objectives of candidate.objectives.values()) {
    for (const [name, score] of Object.entries(objectives))
      values.set(name, [...(values.get(name) ?? []), score]);
  }
  return new Map([...values].map(([name, scores]) => [name, mean(scores)]));
}

function orderedKeys(
  type: FrontierType,
  columns: readonly Map<string, number>[],
  exampleIds: readonly ExampleId[],
): string[] {
  const names = new Set(exampleIds.map(instanceKey));
  const all = new Set<string>(type === "instance" || type === "hybrid" ? names : []);
  for (const column of columns) for (const key of column.keys()) all.add(key);
  return [...all];
}
