import { likeness, overlap } from "../text/words";
import type { Lesson } from "./lesson";

/** A lesson with where it came from. */
export interface SourcedLesson {
  lesson: Lesson;
  source: string;
  /** How much it matters: a worse grade weighs more. */
  weight: number;
}

export interface LessonFamily {
  /** The lesson that says best what the family asks. */
  lesson: Lesson;
  sources: string[];
  weight: number;
}

const SAME_FAMILY = 0.5;
/** Ideas up to which a longer wording says more; beyond, it is about one case. */
const MOST_TELLING = 3;

/** Groups lessons that ask the same, heaviest family first; ties by first mention, so the same input groups the same. */
export function familiesOf(lessons: readonly SourcedLesson[]): LessonFamily[] {
  const groups: SourcedLesson[][] = [];
  for (const one of lessons) {
    const group = groups.find((members) => members.some((member) => asksTheSame(member.lesson, one.lesson)));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups.map(familyOf).sort((a, b) => b.weight - a.weight);
}

export function asksTheSame(a: Lesson, b: Lesson): boolean {
  if (a.fault !== null && a.fault === b.fault && a.kind === b.kind) return true;
  if ((a.kind === "forbid") !== (b.kind === "forbid")) return false;
  return (
    overlap(a.ideas, b.ideas) > SAME_FAMILY ||
    (Math.min(a.ideas.size, b.ideas.size) <= 2 && overlap(a.ideas, b.ideas) >= SAME_FAMILY)
  );
}

function familyOf(members: readonly SourcedLesson[]): LessonFamily {
  const telling = (one: SourcedLesson): number => {
    const { ideas, order } = one.lesson;
    const shared = members.filter((other) => likeness(ideas, other.lesson.ideas) > 0).length;
    const likenesses = members.reduce((total, other) => total + likeness(ideas, other.lesson.ideas), 0);
    return shared + likenesses * 0.2 + Math.min(ideas.size, MOST_TELLING) * 0.4 - order.length / 200;
  };
  const [first, ...rest] = members;
  if (!first) throw new RangeError("a family needs a member");
  const best = rest.reduce((top, one) => (telling(one) > telling(top) ? one : top), first);
  const sources = [...new Set(members.map((member) => member.source))];
  // One source that says it twice is one voice.
  const weight = sources.reduce(
    (total, source) => total + Math.max(...members.filter((m) => m.source === source).map((m) => m.weight)),
    0,
  );
  return { lesson: best.lesson, sources, weight };
}
