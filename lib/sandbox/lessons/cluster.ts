import { overlap } from "../text/words";
import type { Lesson } from "./lesson";

/** A lesson with where it came from. */
export interface SourcedLesson {
  lesson: Lesson;
  source: string;
  /** How much it matters: a worse grade weighs more. */
  weight: number;
}

export interface LessonFamily {
  /** The wording that says best what all of the family ask: what most of them share, and little that only it says. */
  lesson: Lesson;
  sources: string[];
  weight: number;
}

const SAME_FAMILY = 0.5;
/** What an idea of its own costs a wording: it is about one case, and the rule is for all of them. */
const ODD_IDEA_COST = 0.3;

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
  const shareOf = (idea: string): number =>
    members.filter((member) => member.lesson.ideas.has(idea)).length / members.length;
  const telling = ({ lesson: { ideas, order }, weight }: SourcedLesson): number => {
    const shares = [...ideas].map(shareOf);
    const odd = members.length === 1 ? 0 : shares.filter((share) => share * members.length < 2).length;
    return (
      shares.reduce((total, share) => total + share, 0) -
      odd * ODD_IDEA_COST +
      weight * 0.2 -
      order.length / 200
    );
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
