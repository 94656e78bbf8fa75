import type { Draws } from "../draws";
import { FAULTS, type Fault, faultNamedBy } from "../text/faults";
import { overlap } from "../text/words";
import { type Instruction, instructionsOf } from "./instructions";
import type { Question } from "./question";

/** What the task model decides to do with its instructions for one question. */
export interface AnswerPlan {
  /** Instructions it carries out with a sentence, in prompt order. */
  spoken: Instruction[];
  faults: Fault[];
  /** Sentences at most; null when it was not told to be short (or forgot). */
  maxSentences: number | null;
}

/** How well a model follows: every constant is a share of the times. */
const FOLLOWS = 0.92;
const FOLLOWS_FORBIDDEN = 0.9;
/** Orders it keeps in view without loss; each further one costs `DILUTION`, down to `DILUTION_FLOOR`. */
const COMFORTABLE_ORDERS = 10;
const DILUTION = 0.035;
const DILUTION_FLOOR = 0.45;
/** Characters of prompt it reads without loss; length alone dilutes too. */
const COMFORTABLE_CHARS = 2600;
/** Sentences of its own that one answer can carry beside the first ones. */
const CAPACITY = 7;
/** What an assistant does of its own accord now and then, in any field, and how often. */
const INSTINCTS = instructionsOf(
  "State the number of cases.\nRecommend what to do next.\nSay what is not known.",
);
const INSTINCT_RATE = 0.3;
const CONFLICT_OWN = 0.5;
const CONFLICT_OTHERS = 0.9;
const FAULT_RATES: Readonly<Record<Fault, number>> = {
  guess: 0.34,
  padding: 0.36,
  overconfidence: 0.24,
  jargon: 0.16,
  "no-commitment": 0.26,
};

/** @param draws depends on the question and the sample, not on the prompt: the same order meets the same luck in every prompt */
export function planAnswer(
  instructions: readonly Instruction[],
  prompt: string,
  question: Question,
  draws: Draws,
): AnswerPlan {
  const conflicts = conflictsIn(instructions);
  const attention =
    attentionFor(instructions.length, prompt.length) * (conflicts.size > 0 ? CONFLICT_OTHERS : 1);
  const isFollowed = (instruction: Instruction, base: number): boolean => {
    const share = base * attention * (conflicts.has(instruction) ? CONFLICT_OWN : 1);
    return draws.isBelow(share, "follow", orderKey(instruction));
  };
  const fitting = instructions.filter((instruction) => fitsQuestion(instruction, question, draws));
  const followed = fitting.filter((one) =>
    isFollowed(one, one.kind === "forbid" ? FOLLOWS_FORBIDDEN : FOLLOWS),
  );
  const brief = followed.find((one) => one.kind === "brief");
  const isExhaustive = followed.some((one) => one.kind === "exhaustive");
  const maxSentences = brief ? (brief.limit.sentences ?? Math.floor((brief.limit.words ?? 84) / 14)) : null;
  const sayable = [
    ...followed.filter((one) => one.kind === "say" || one.kind === "literal"),
    ...INSTINCTS.filter(
      (instinct, index) =>
        draws.isBelow(INSTINCT_RATE, "instinct", index) &&
        !followed.some((one) => overlap(one.ideas, instinct.ideas) > 0),
    ),
  ];
  return {
    spoken: mostRelevant(
      distinct(sayable),
      question,
      Math.min(CAPACITY, maxSentences === null ? CAPACITY : Math.max(2, maxSentences - 1)),
    ),
    faults: faultsOf(
      followed,
      { isBrief: brief !== undefined, isExhaustive, isBold: BOLD.test(prompt), attention },
      draws,
    ),
    maxSentences,
  };
}

function attentionFor(orders: number, promptChars: number): number {
  const byOrders = Math.max(0, orders - COMFORTABLE_ORDERS) * DILUTION;
  const byLength = Math.max(0, promptChars - COMFORTABLE_CHARS) / 20_000;
  return Math.max(DILUTION_FLOOR, 1 - byOrders - byLength);
}

/** Orders that cannot both be met: short and exhaustive, or the same thing wanted and forbidden. */
export function conflictsIn(instructions: readonly Instruction[]): Set<Instruction> {
  const conflicting = new Set<Instruction>();
  const mark = (a: Instruction, b: Instruction): void => {
    conflicting.add(a);
    conflicting.add(b);
  };
  for (const [index, a] of instructions.entries()) {
    for (const b of instructions.slice(index + 1)) {
      const kinds = new Set([a.kind, b.kind]);
      const isLength = kinds.has("brief") && kinds.has("exhaustive");
      const isOpposite =
        kinds.has("forbid") &&
        kinds.has("say") &&
        a.ideas.size > 1 &&
        b.ideas.size > 1 &&
        overlap(a.ideas, b.ideas) >= 0.99;
      if (isLength || isOpposite) mark(a, b);
    }
  }
  return conflicting;
}

function fitsQuestion(instruction: Instruction, question: Question, draws: Draws): boolean {
  if (instruction.condition === null) return true;
  const isAboutClarity =
    /\b(ambiguous|unclear|vague|which .{0,40}(?:is )?meant|not clear|missing|more than one|not say|unsure|don't know|do not know|cannot tell)\b/i;
  if (isAboutClarity.test(instruction.condition))
    return question.isVague || draws.isBelow(0.3, "seems-unclear");
  const wanted = [...instruction.condition.toLowerCase().matchAll(/[\p{L}]{4,}/gu)].map((match) => match[0]);
  const isTopical = wanted.some((word) => question.text.toLowerCase().includes(word.slice(0, 6)));
  return isTopical || draws.isBelow(0.4, "condition", instruction.condition);
}

function distinct(instructions: readonly Instruction[]): Instruction[] {
  return instructions.filter(
    (one, index) =>
      !instructions
        .slice(0, index)
        .some((earlier) => one.kind === "say" && overlap(one.ideas, earlier.ideas) >= 0.99),
  );
}

/** The orders nearest to the question when there are too many, in prompt order; among equals the earlier ones win. */
function mostRelevant(instructions: readonly Instruction[], question: Question, room: number): Instruction[] {
  if (instructions.length <= room) return [...instructions];
  const ranked = instructions
    .map((instruction, index) => ({
      index,
      rank: instruction.kind === "literal" ? 2 : overlap(instruction.ideas, question.ideas),
    }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  const kept = new Set(ranked.slice(0, room).map((entry) => entry.index));
  return instructions.filter((_, index) => kept.has(index));
}

interface Mood {
  isBrief: boolean;
  isExhaustive: boolean;
  isBold: boolean;
  attention: number;
}

function faultsOf(followed: readonly Instruction[], mood: Mood, draws: Draws): Fault[] {
  const guarded = new Set(followed.map((one) => faultNamedBy(one.text, one.ideas)));
  if (mood.isBrief) guarded.add("padding");
  if (followed.some((one) => one.ideas.has("~uncertain") || one.ideas.has("~limit")))
    guarded.add("guess").add("overconfidence");
  if (followed.some((one) => one.ideas.has("~recommend"))) guarded.add("no-commitment");
  return FAULTS.filter((fault) => {
    if (fault === "padding" && mood.isExhaustive) return true;
    if (guarded.has(fault)) return false;
    const isEncouraged = mood.isBold && (fault === "overconfidence" || fault === "guess");
    // Attention that is stretched shows as sloppiness too.
    return draws.isBelow(
      FAULT_RATES[fault] + (isEncouraged ? 0.15 : 0) + (1 - mood.attention) * 0.3,
      "fault",
      fault,
    );
  });
}

/** "Sound confident" invites what experts complain about. */
const BOLD =
  /\b(?:sound|be|appear|stay) (?:very |fully )?(?:confident|certain|sure|reassuring|friendly and reassuring)\b/i;

function orderKey(instruction: Instruction): string {
  return [...instruction.ideas].sort().join(" ");
}
