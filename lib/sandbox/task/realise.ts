import type { Draws } from "../draws";
import { capitalise, lowerFirst, withoutEndMark } from "../text/sentences";
import { ideaOf, wordsOf } from "../text/words";
import type { Instruction } from "./instructions";
import type { Question } from "./question";
import { decline, name, noun, percent, recommend, WAYS } from "./ways";

/**
 * One natural sentence that does what an instruction asks, in its content words and the question's; null when the
 * answer does it anyway.
 */
export function realise(instruction: Instruction, question: Question, draws: Draws): string | null {
  const { verb } = instruction;
  const object = inAnswersVoice(instruction.object);
  // Every answer has figures of its own, so percentages need no sentence.
  if (/\bwith (?:\S+ )?percent/i.test(object)) return null;
  const way = Object.hasOwn(WAYS, verb) ? WAYS[verb] : undefined;
  if (instruction.kind === "literal") return instruction.object;
  if (way) return finish(way(object, question, draws));
  if (instruction.ideas.has("~decline")) return finish(decline(object, question, draws));
  const clause = /^(?:\w+ly )?(?:that|when|if)\s+(.+)$/i.exec(object)?.[1];
  if (clause) return finish(aboutClause(clause, draws));
  if (
    /^(?:(?:by|under|in|on|for|at|from|to) )?(?:whether|who|whom|which|what|where|when|how|why|whose)\b/i.test(
      object,
    )
  )
    return finish(aboutQuestionWord(object, question, draws));
  if (ideaOf(verb) !== null && !SAYING_TOO.test(verb))
    return finish(`here I ${verb} ${object}: ${filling(question, draws)}`);
  return finish(aboutThing(object, question, draws));
}

const SAYING_TOO =
  /^(?:quote|cite|spell|set|tie|quantify|back|place|express|link|mark|separate|address|cover|confirm|outline|label|count|sort|split)$/;

function aboutClause(clause: string, draws: Draws): string {
  return draws.pick(
    [
      `I should say plainly that ${clause}`,
      `to be open about it, ${clause}`,
      `it has to be said that ${clause}`,
    ],
    "clause",
    clause,
  );
}

function aboutQuestionWord(object: string, question: Question, draws: Draws): string {
  const word = /^\p{L}+/u.exec(object)?.[0]?.toLowerCase() ?? "";
  if (word === "whether")
    return `as for ${object}: ${draws.pick(["yes, on what is known", "rather not, on what is known", "yes, but not by much"], "whether", object)}`;
  const isPerson = word === "who" || word === "whom" || word === "whose";
  if (isPerson)
    return draws.pick(
      [`as for ${object}, it is ${name(question, draws)}`, `${object}: mostly ${name(question, draws)}`],
      "who",
      object,
    );
  const it = noun(question, draws, object);
  if (/\bnot known\b|\bunknown\b|\buncertain\b/i.test(object)) {
    return draws.pick(
      [
        `${object} is whether this lasts`,
        `${object} is how it looks without ${it}`,
        `${object} so far is how ${it} changes it`,
      ],
      "unknown",
    );
  }
  if (word === "what")
    return draws.pick(
      [
        `${object} is ${it}`,
        `${object}: ${it}, more than anything else`,
        `as for ${object}, it comes down to ${it}`,
      ],
      "what",
      object,
    );
  return draws.pick(
    [
      `as for ${object}, it comes down to ${it}`,
      `${object}: the same as in the weeks before`,
      `${object}: that hangs on ${it}`,
    ],
    "wh",
    object,
  );
}

/** Things that are told by a figure, and things that are told by a time, in any field. */
const COUNTED =
  /\b(?:ages?|doses?|prices?|distances?|averages?|tempos?|scores?|weights?|strengths?|depths?|lengths?)$/i;
const TIMED = /\b(?:dates?|deadlines?|time|times|days?|periods?|window)$/i;
const PERSON =
  /\b(person|player|man|target|carrier|owner|patient|nurse|author|contact|judge|team|receiver|witness|signatory)\b/i;

function aboutThing(object: string, question: Question, draws: Draws): string {
  const { head, tail } = splitTail(object);
  const ideas = wordsOf(head).map(ideaOf);
  const thing = withArticle(head);
  const place = tail === "" ? "" : ` ${tail}`;
  const is = isPlural(head) ? "are" : "is";
  // What it is called by stands before "of": the date of the letter is a date.
  const headNoun = head.split(/\s+(?:of|to|that|which|who)\s+/)[0] ?? head;
  if (ideas.includes("~recommend")) return recommend(thing, question, draws);
  if (TIMED.test(headNoun)) {
    const when = draws.pick(
      ["two weeks from now", "the end of next week", "the fourteenth of the month", "half an hour at most"],
      "when",
      object,
    );
    return draws.pick([`${thing}${place} ${is} ${when}`, `mind ${thing}${place}: ${when}`], "timed", object);
  }
  if (COUNTED.test(headNoun) || ideas.includes("~number") || ideas.includes("~percentage")) {
    const isShare = ideas.includes("~percentage") && !ideas.includes("~number");
    const value = isShare ? percent(draws, object) : String(draws.between(9, 64, "count", object));
    return counted(`${thing}${place}`, isPlural(head), value, draws);
  }
  if (PERSON.test(head)) return `${thing}${place} is ${name(question, draws)}`;
  const it = noun(question, draws, object);
  if (isPlural(head) && draws.isBelow(0.4, "plural", object))
    return `${thing}${place} are the last ${draws.between(3, 8, "last", object)} of them`;
  return draws.pick(
    [
      `${thing}${place} ${is} what to watch here, more than ${it}`,
      `on ${thing}${place}, it all hangs on ${it}`,
      `${thing}${place} ${is} much the same as before`,
      `${it} decides ${thing}${place}`,
      `for ${thing}${place}, look at ${it}`,
    ],
    "thing",
    object,
  );
}

function counted(thing: string, isMany: boolean, value: string, draws: Draws): string {
  return draws.pick(
    [
      `${thing} ${isMany ? "are" : "is"} ${value}`,
      `${thing} ${isMany ? "come" : "comes"} to ${value}`,
      `that rests on ${thing}, ${value} in all`,
      `${thing}: ${value} so far`,
      `behind it stand${isMany ? "" : "s"} ${thing}, ${value}`,
    ],
    "counted",
    thing,
  );
}

/** "the count behind every rate" → "the count", "behind the rate". */
function splitTail(object: string): { head: string; tail: string } {
  const plain = object.replace(/\s+in every answer$/i, "");
  const match = /^(.+?)\s+((?:with|for|behind|next to|beside|alongside|before|after|in|on|per)\s+.+)$/i.exec(
    plain,
  );
  if (!match?.[1] || !match[2]) return { head: plain, tail: "" };
  return {
    head: match[1],
    tail: match[2].replace(/\b(?:every|each|any|all)\s+/gi, "the ").replace(/^with\b/i, "for"),
  };
}

/** "your", "the user" and "every" mean something else in an answer than in an order. */
function inAnswersVoice(object: string): string {
  return withoutEndMark(object)
    .replace(/\byour(?:self)?\b/gi, "my")
    .replace(/\byou\b/gi, "I")
    .replace(/\{\{[^}]*\}\}/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function isPlural(head: string): boolean {
  return /(?:[^s]s|ren)$/.test(head.split(/\s+(?:of|to|that|which|who|on|in)\s+/)[0] ?? "");
}

function withArticle(head: string): string {
  const plain = lowerFirst(head.trim());
  if (/^(?:the|a|an|my|its|their|his|her|one|two|three|which|what|who|how|both|some)\b/i.test(plain))
    return plain.replace(/^(?:a|an)\s/i, "the ");
  return `the ${plain.replace(/^(?:every|each|any|all)\s+/i, "")}`;
}

function filling(question: Question, draws: Draws): string {
  return draws.pick(
    [
      `${noun(question, draws, "filling")} needs it`,
      "it changes the picture",
      "the rest can be judged by that",
    ],
    "filling",
  );
}

function finish(sentence: string): string {
  const plain = sentence.replace(/\s+/g, " ").trim();
  return capitalise(/[.?!]$/.test(plain) ? plain : `${plain}.`);
}
