import { mean } from "@/lib/util/math";
import type { ExampleScore } from "./events";
import type { Member } from "./state";
import type { ExampleId } from "./types";

/** Scores of a member on those of the ids that it was scored on, in the order of the ids. */
export function knownScores(member: Member, exampleIds: readonly ExampleId[]): number[] {
  return exampleIds.flatMap((id) => member.readings.get(id)?.score ?? []);
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
  const scores = exampleIds.flatMap((id) => readings.get(id)?.score ?? []);
  const average = scores.length === 0 ? null : mean(scores);
  ofReadings.set(exampleIds, average);
  return average;
}

/** Ids on which both were scored, in the order given. */
export function sharedIds(a: Member, b: Member, exampleIds: readonly ExampleId[]): ExampleId[] {
  return exampleIds.filter((id) => a.readings.has(id) && b.readings.has(id));
}

/** For events: every id with its score, null where it could not be scored. */
export function exampleScores(member: Member, exampleIds: readonly ExampleId[]): ExampleScore[] {
  return exampleIds.flatMap((exampleId) => {
    const score = member.readings.get(exampleId)?.score;
    if (score !== undefined) return { exampleId, score };
    return member.failed.has(exampleId) ? { exampleId, score: null } : [];
  });
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
