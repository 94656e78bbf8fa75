import { contentWords } from "./sentences";
import type { Member } from "./state";
import type { Example, ExampleId, ReflectionExample } from "./types";

/** Scores this close to the top leave nothing to learn. */
const TOP_SCORE = 1 - 1e-9;

/** Ids of the examples on which the member is known and not perfect, in the order given. */
export function failingIds(member: Member, exampleIds: readonly ExampleId[]): ExampleId[] {
  return exampleIds.filter((id) => (member.readings.get(id)?.score ?? 1) < TOP_SCORE);
}

/**
 * Up to `limit` failing examples that teach most (SPEC RF1): those with most to gain, that some other candidate did
 * better on (so they can be learned), that complain about something the ones already chosen do not, and that were not
 * shown with this parent before.
 */
export function chooseTeachingIds(
  parent: Member,
  others: readonly Member[],
  exampleIds: readonly ExampleId[],
  limit: number,
): ExampleId[] {
  const open = failingIds(parent, exampleIds).map((id) => ({
    id,
    words: contentWords(parent.readings.get(id)?.feedback ?? ""),
    worth: worthOf(parent, others, id),
  }));
  const chosen: ExampleId[] = [];
  const covered = new Set<string>();
  while (chosen.length < limit && open.length > 0) {
    const worthNow = (entry: (typeof open)[number]): number => entry.worth + noveltyOf(entry.words, covered);
    const best = open.reduce((top, entry) => (worthNow(entry) > worthNow(top) ? entry : top));
    open.splice(open.indexOf(best), 1);
    chosen.push(best.id);
    for (const word of best.words) covered.add(word);
  }
  return chosen;
}

/**
 * Failing examples of the parent's ancestors that the parent has not met (SPEC RF3), chosen like its own: the nearest
 * ancestor that met an example speaks for it. At most `limit`, each with that ancestor.
 */
export function chooseInheritedIds(
  parent: Member,
  ancestors: readonly Member[],
  others: readonly Member[],
  exampleIds: readonly ExampleId[],
  limit: number,
): { exampleId: ExampleId; by: Member }[] {
  const chosen: { exampleId: ExampleId; by: Member }[] = [];
  let open = exampleIds.filter((id) => !parent.readings.has(id) && !parent.failed.has(id));
  for (const ancestor of ancestors) {
    if (chosen.length >= limit || open.length === 0) break;
    const known = new Set(open.filter((id) => ancestor.readings.has(id)));
    // Seen through the parent's eyes: what was shown with the parent before comes later.
    const by = { ...ancestor, shown: parent.shown };
    for (const exampleId of chooseTeachingIds(by, others, [...known], limit - chosen.length))
      chosen.push({ exampleId, by: ancestor });
    open = open.filter((id) => !known.has(id));
  }
  return chosen;
}

/** What the reflection model is shown of one rollout. */
export function reflectionExample(example: Example, member: Member): ReflectionExample {
  const reading = member.readings.get(example.id);
  if (reading === undefined) throw new Error(`${member.id} was not scored on ${example.id}`);
  const { output, score, feedback, trajectory } = reading;
  const shown = {
    exampleId: example.id,
    inputs: example.inputs,
    expectations: example.expectations,
    output,
    score,
    feedback,
  };
  return trajectory === undefined ? shown : { ...shown, trajectory };
}

function worthOf(parent: Member, others: readonly Member[], id: ExampleId): number {
  const score = parent.readings.get(id)?.score ?? 1;
  const rival = bestScoreOn(others, id);
  const isLearnable = rival === null || rival > score;
  return (1 - score) * (isLearnable ? 1 : 0.6) - 0.5 * (parent.shown.get(id) ?? 0);
}

/** The best that any of them scored on an example; null when none met it. */
function bestScoreOn(members: readonly Member[], id: ExampleId): number | null {
  let best: number | null = null;
  for (const { readings } of members) {
    const score = readings.get(id)?.score;
    if (score !== undefined && (best === null || score > best)) best = score;
  }
  return best;
}

/** Share of a complaint's words that no chosen example has yet. */
function noveltyOf(words: ReadonlySet<string>, covered: ReadonlySet<string>): number {
  if (words.size === 0) return 0;
  let fresh = 0;
  for (const word of words) if (!covered.has(word)) fresh += 1;
  return fresh / words.size;
}
