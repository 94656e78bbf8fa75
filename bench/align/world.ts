import type { JudgeSnapshot, TeachingLabel } from "@/lib/judge";
import { type Rng, rngFrom } from "@/lib/util/rng";
import type { Field, Habit } from "./fields";

/** How an expert turns what is missing into a grade; both know the same hidden standard. */
export const EXPERTS = [
  { name: "harsh", shift: -0.5 },
  { name: "lenient", shift: 0.5 },
] as const;
export type Expert = (typeof EXPERTS)[number];

/** A field, an expert, and the luck of one world. */
export interface World {
  name: string;
  judge: JudgeSnapshot;
  /** Enough for the largest teaching. */
  teaching: TeachingLabel[];
  /** Answers that nobody teaches from: agreement is measured here. */
  unseen: TeachingLabel[];
}

const DOES_HABIT = 0.72;
const DOES_TASK = 0.8;
/** An expert is off by a grade so often, and gives a reason so often where something is missing. */
const SLIP = 0.12;
const SAYS_WHY = 0.85;

/** Answers and labels of one world; the same seed gives the same world. */
export function createWorld(
  field: Field,
  expert: Expert,
  seed: number,
  sizes: { teaching: number; unseen: number },
): World {
  const name = `${field.name}/${expert.name}/${seed}`;
  const rng = rngFrom("align-bench", name);
  const label = (index: number): TeachingLabel =>
    labelledAnswer(field, expert, `${name}:${index}`, index, rng);
  const all = Array.from({ length: sizes.teaching + sizes.unseen }, (_, index) => label(index));
  return {
    name,
    judge: plainJudge(name),
    teaching: all.slice(0, sizes.teaching),
    unseen: all.slice(sizes.teaching),
  };
}

/** Knows what a record says, and nothing of what the experts look for. */
function plainJudge(name: string): JudgeSnapshot {
  return {
    judgeId: name,
    versionId: "instructions-only",
    name: "Quality",
    scale: { kind: "numeric", min: 1, max: 5, step: 1 },
    anchors: [],
    goodEnough: 4,
    instructions:
      "You grade answers.\n\nThe question:\n{{ inputs }}\n\nThe answer:\n{{ outputs }}\n\nWhat a good answer does:\n{{ expectations }}",
    guidelines: [],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
  };
}

function labelledAnswer(field: Field, expert: Expert, id: string, index: number, rng: Rng): TeachingLabel {
  const subject = field.subjects[index % field.subjects.length]!;
  const doesTask = rng.next() < DOES_TASK;
  const habits = field.habits.map((habit) => ({ habit, isDone: rng.next() < DOES_HABIT }));
  const sentences = [
    doesTask ? field.task.done : field.task.undone,
    ...rng.shuffle(habits.map(({ habit, isDone }) => sentenceOf(habit, isDone, rng))),
  ];
  const missing = habits.filter(({ isDone }) => !isDone).map(({ habit }) => habit);
  const cost = missing.reduce((total, { weight }) => total + weight, doesTask ? 0 : 2);
  const slip = rng.next() < SLIP ? (rng.next() < 0.5 ? 1 : -1) : 0;
  return {
    labelId: `label-${id}`,
    traceId: `trace-${id}`,
    recordId: `record-${id}`,
    expertId: expert.name,
    value: Math.min(5, Math.max(1, Math.round(5 - cost + expert.shift) + slip)),
    reason: reasonOf(missing, rng),
    inputs: `${field.question.replace("{subject}", subject)} Case ${index + 1}.`,
    outputs: sentences.filter((sentence) => sentence !== "").join(" "),
    expectations: `A good answer:\n${field.task.expected}`,
    tags: [],
  };
}

function sentenceOf({ done, undone }: Habit, isDone: boolean, rng: Rng): string {
  const choice = isDone ? done : (undone ?? [""]);
  return pick(choice, rng).replace("{n}", String(3 + Math.floor(rng.next() * 40)));
}

/** At most two complaints, the gravest first; sometimes none at all. */
function reasonOf(missing: readonly Habit[], rng: Rng): string {
  if (missing.length === 0 || rng.next() >= SAYS_WHY) return "";
  return missing
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, rng.next() < 0.5 ? 1 : 2)
    .map(({ complaints }) => pick(complaints, rng))
    .join(" ");
}

function pick(items: readonly string[], rng: Rng): string {
  return items[Math.floor(rng.next() * items.length)] ?? "";
}
