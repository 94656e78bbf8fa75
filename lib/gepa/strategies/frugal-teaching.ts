import { chooseInheritedIds, chooseTeachingIds, reflectionExample } from "../reflective-examples";
import { type BestScores, bestScoresOf } from "../scores";
import { ancestorsOf, type Member, type SearchState } from "../state";
import type { Example, ExampleId, ReflectionExample } from "../types";
import type { FrugalRun } from "./frugal-run";

/** What one reflection is shown: failing examples with the member whose answer to them is shown. */
export type Lesson = readonly { exampleId: ExampleId; by: Member }[];

export interface Syllabus {
  /** One lesson for each reflection of the chain. */
  lessons: readonly Lesson[];
  /** Every example of any lesson, once, in order of use. */
  shownIds: readonly ExampleId[];
  /** Those of the first lesson: where a gain must show (SPEC RA7). */
  aimedIds: readonly ExampleId[];
}

/**
 * The lessons of a proposal (SPEC RF1, RF3, FS2): each link of a chain is shown other failures of the parent while there
 * are any, and a lane starts behind those in flight. Where the parent has few known failures, answers of its ancestors to
 * examples that it has not met yet fill the lesson: they are known already, and cost nothing.
 */
export function planLessons(
  run: FrugalRun,
  state: SearchState,
  parent: Member,
  teachable: readonly ExampleId[],
  { links, skip }: { links: number; skip: number },
): Syllabus {
  const lessons: Lesson[] = [];
  const bestScores = bestScoresOf(state.members);
  let seen = parent;
  for (let index = 0; index < skip + links; index++) {
    const lesson = nextLesson(run, state, seen, { teachable, bestScores });
    if (index >= skip) lessons.push(rotated(lesson, skip));
    seen = withShown(seen, idsOf(lesson));
  }
  return syllabusOf(lessons);
}

export function syllabusOf(lessons: readonly Lesson[]): Syllabus {
  return { lessons, shownIds: idsOf(lessons.flat()), aimedIds: idsOf(lessons[0] ?? []) };
}

function idsOf(lesson: Lesson): ExampleId[] {
  return [...new Set(lesson.map(({ exampleId }) => exampleId))];
}

function nextLesson(
  run: FrugalRun,
  state: SearchState,
  parent: Member,
  { teachable, bestScores }: { teachable: readonly ExampleId[]; bestScores: BestScores },
): Lesson {
  const { reflectionExamples, inheritedExamples } = run.options;
  const own = chooseTeachingIds(parent, bestScores, teachable, reflectionExamples).map((exampleId) => ({
    exampleId,
    by: parent,
  }));
  if (!inheritedExamples || own.length === reflectionExamples) return own;
  const ancestors = ancestorsOf(state, parent);
  return [
    ...own,
    ...chooseInheritedIds(parent, ancestors, bestScores, teachable, reflectionExamples - own.length),
  ];
}

/** The lesson as the reflection prompt shows it; answers to an earlier text are marked. */
export function examplesOfLesson(run: FrugalRun, parent: Member, lesson: Lesson): ReflectionExample[] {
  return lesson.map(({ exampleId, by }) => {
    const example = reflectionExample(run.examples.get(exampleId) as Example, by);
    return by.id === parent.id ? example : { ...example, isOlder: true };
  });
}

/** The member with these examples counted as shown once more. */
export function withShown(member: Member, ids: readonly ExampleId[]): Member {
  const shown = new Map(member.shown);
  for (const id of ids) shown.set(id, (shown.get(id) ?? 0) + 1);
  return { ...member, shown };
}

/** Own examples first in the order given, from another start: no two lanes ask the same (SPEC LA4). */
function rotated(lesson: Lesson, by: number): Lesson {
  const start = lesson.length === 0 ? 0 : by % lesson.length;
  return [...lesson.slice(start), ...lesson.slice(0, start)];
}
