import type { ScoredRollout } from "./rollout-desk";
import type { BestScores } from "./scores";
import { bestIndex } from "./selectors";
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
 * Up to `limit` failing examples that teach most (SPEC RF1): those with most to gain, that some candidate did better on
 * (`bestScores`; so they can be learned), that complain about something the ones already chosen do not, and that were not
 * shown with this parent before.
 */
export function chooseTeachingIds(
  parent: Member,
  bestScores: BestScores,
  exampleIds: readonly ExampleId[],
  limit: number,
): ExampleId[] {
  const open = failingIds(parent, exampleIds).map((id) => ({
    id,
    words: complaintWords(parent.readings.get(id)),
    worth: worthOf(parent, bestScores, id),
  }));
  const chosen: ExampleId[] = [];
  const covered = new Set<string>();
  while (chosen.length < limit && open.length > 0) {
    const [best] = open.splice(
      bestIndex(open.map(({ worth, words }) => worth + noveltyOf(words, covered))),
      1,
    );
    if (best === undefined) break;
    chosen.push(best.id);
    for (const word of best.words) covered.add(word);
  }
  return chosen;
}

const complaints = new WeakMap<ScoredRollout, ReadonlySet<string>>();
const NO_WORDS: ReadonlySet<string> = new Set();

/** The words of a reading's feedback, picked out once: each proposal looks at every failure of its parent. */
function complaintWords(reading: ScoredRollout | undefined): ReadonlySet<string> {
  if (reading === undefined) return NO_WORDS;
  const words = complaints.get(reading) ?? contentWords(reading.feedback);
  complaints.set(reading, words);
  return words;
}

/**
 * Failing examples of the parent's ancestors that the parent has not met (SPEC RF3), chosen like its own: the nearest
 * ancestor that met an example speaks for it. At most `limit`, each with that ancestor.
 */
export function chooseInheritedIds(
  parent: Member,
  ancestors: readonly Member[],
  bestScores: BestScores,
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
    for (const exampleId of chooseTeachingIds(by, bestScores, [...known], limit - chosen.length))
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

function worthOf(parent: Member, bestScores: BestScores, id: ExampleId): number {
  const score = parent.readings.get(id)?.score ?? 1;
  const rival = bestScores.get(id);
  const isLearnable = rival === undefined || rival > score;
  return (1 - score) * (isLearnable ? 1 : 0.6) - 0.5 * (parent.shown.get(id) ?? 0);
}

/** Share of a complaint's words that no chosen example has yet. */
function noveltyOf(words: ReadonlySet<string>, covered: ReadonlySet<string>): number {
  if (words.size === 0) return 0;
  let fresh = 0;
  for (const word of words) if (!covered.has(word)) fresh += 1;
  return fresh / words.size;
}
