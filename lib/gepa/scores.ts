import { mean } from "@/lib/util/math";
import type { ExampleScore } from "./events";
import type { Member } from "./state";
import type { ExampleId } from "./types";

/** Scores of a member on those of the ids that it was scored on, in the order of the ids. */
export function knownScores(
  { readings }: Pick<Member, "readings">,
  exampleIds: readonly ExampleId[],
): number[] {
  const scores: number[] = [];
  for (const id of exampleIds) {
    const reading = readings.get(id);
    if (reading !== undefined) scores.push(reading.score);
  }
  return scores;
}

/** Readings are never changed in place, so a mean over the same list of ids holds as long as they do. */
const means = new WeakMap<Member["readings"], WeakMap<readonly ExampleId[], number | null>>();

/** Mean over the ids known; null when none is. */
export function knownMean(
  { readings }: Pick<Member, "readings">,
  exampleIds: readonly ExampleId[],
): number | null {
  const ofReadings = means.get(readings) ?? new WeakMap<readonly ExampleId[], number | null>();
  means.set(readings, ofReadings);
  const known = ofReadings.get(exampleIds);
  if (known !== undefined) return known;
  const scores = knownScores({ readings }, exampleIds);
  const average = scores.length === 0 ? null : mean(scores);
  ofReadings.set(exampleIds, average);
  return average;
}

/** The highest score of any candidate on each example that one was scored on. */
export type BestScores = ReadonlyMap<ExampleId, number>;

export function bestScoresOf(members: readonly Member[]): BestScores {
  const best = new Map<ExampleId, number>();
  for (const { readings } of members)
    for (const [id, { score }] of readings) {
      const top = best.get(id);
      if (top === undefined || score > top) best.set(id, score);
    }
  return best;
}

/** Ids on which both were scored, in the order given. */
export function sharedIds(a: Member, b: Member, exampleIds: readonly ExampleId[]): ExampleId[] {
  return exampleIds.filter((id) => a.readings.has(id) && b.readings.has(id));
}

/** For events: every id with its score, null where it could not be scored. */
export function exampleScores(
  { readings, failed }: Pick<Member, "readings" | "failed">,
  exampleIds: readonly ExampleId[],
): ExampleScore[] {
  const scores: ExampleScore[] = [];
  for (const exampleId of exampleIds) {
    const reading = readings.get(exampleId);
    if (reading !== undefined) scores.push({ exampleId, score: reading.score });
    else if (failed.has(exampleId)) scores.push({ exampleId, score: null });
  }
  return scores;
}

/** Judges on which the member's mean over the ids is below its floor (SPEC FL1). An unseen judge is not below. */
export function judgesBelowFloor(
  member: Member,
  exampleIds: readonly ExampleId[],
  floors: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(floors).flatMap(([judge, floor]) => {
    const scores = exampleIds.flatMap((id) => member.readings.get(id)?.objectives[judge] ?? []);
    return scores.length > 0 && mean(scores) < floor ? [judge] : [];
  });
}
