import type { Draws } from "../draws";
import type { Question } from "./question";

/** How an order with a certain verb turns into a sentence of an answer. */
export type Way = (object: string, question: Question, draws: Draws) => string;

export const recommend: Way = (object, question, draws) => {
  if (/^(?:what|how|which|whether)\b/i.test(object))
    return `as for ${object}, I recommend this: ${action(question, draws)}`;
  const thing = orThing(object, "one step");
  if (/\bcalls?\b/i.test(thing)) {
    return draws.pick(
      [
        `${thing} I would make: ${action(question, draws)}`,
        `${thing} for that: ${action(question, draws)}`,
        `so ${thing} is simple: ${action(question, draws)}`,
      ],
      "call",
      object,
    );
  }
  return draws.pick(
    [
      `my recommendation is ${thing}: ${action(question, draws)}`,
      `I recommend ${thing}, namely to ${action(question, draws)}`,
      `so I would recommend ${thing}: ${action(question, draws)}`,
    ],
    "recommend",
    object,
  );
};

const compare: Way = (object, _question, draws) => {
  const other = object.replace(
    /^(?:it|this|that|them|the (?:figure|number|rate|result)s?)?\s*(?:with|to|against|and)\s+/i,
    "",
  );
  return `compared with ${orThing(other, "before")}, it stands at ${percent(draws, "compare")} to ${percent(draws, "other")}`;
};

const warn: Way = (object, question, draws) => {
  const about = object.replace(
    /^(?:the reader |people |us |them |readers )?(?:about|of|against|when|if|for)\s+/i,
    "",
  );
  const thing = orThing(about, noun(question, draws, "warn"));
  if (/^that\s/.test(thing)) return `one warning: ${thing.replace(/^that\s+/, "")}`;
  return draws.pick(
    [
      `one warning, about ${thing}: it is real here`,
      `be warned of ${thing}: it can turn this around`,
      `a word of warning on ${thing}, which is easily missed`,
    ],
    "warn",
    object,
  );
};

const ask: Way = (object, question, draws) => {
  const thing = noun(question, draws, "ask");
  if (/\bback\b/i.test(object))
    return `a question back, before I go further: which do you mean, as to ${thing}?`;
  const what = object.replace(/^(?:for |about |the user |them |first )+/i, "");
  const isClause = /^(?:which|what|who|whether|when|where|how|if)\b/i.test(what);
  return isClause
    ? `before I go further I have to ask ${what}?`
    : `before I go further I have to ask for ${orThing(what, "more detail")}; can you tell me?`;
};

/** Polite, and in the words of the order. */
export const decline: Way = (object, question, draws) =>
  draws.pick(
    [
      `I have to decline that part politely; it is out of my scope (${orThing(object, "politely")})`,
      `I politely decline to go into ${noun(question, draws, "decline")}, which is out of scope: ${orThing(object, "politely")}`,
    ],
    "decline",
  );

const explain: Way = (object, question, draws) =>
  /^(?:why|how|what)\b/i.test(object)
    ? `${object}: the reason most often lies in ${noun(question, draws, "explain")}`
    : `to explain ${orThing(object, "the reason")}: it comes from ${noun(question, draws, "explain")}`;

const opening: Way = (object, question, draws) => {
  const thing = object.replace(/^(?:with|by|from)\s+/i, "");
  return `first, ${thing}: ${draws.pick(["yes, as far as it goes", "it holds", "not as it stands"], "opening")}, because of ${noun(question, draws, "opening")}`;
};

const closing: Way = (object, question, draws) =>
  `and to end with ${object.replace(/^(?:with|by|on)\s+/i, "")}: ${action(question, draws)}`;

export const WAYS: Readonly<Record<string, Way>> = {
  recommend,
  call: recommend,
  suggest: recommend,
  advise: recommend,
  propose: recommend,
  choose: recommend,
  pick: recommend,
  compare,
  contrast: compare,
  warn,
  caution: warn,
  flag: warn,
  ask,
  clarify: ask,
  request: ask,
  refuse: decline,
  decline,
  explain,
  refer: (object) => `I refer you ${object}`,
  admit: (object) => `I admit ${object.replace(/^(?:when|if)\s+/i, "that ")}`,
  acknowledge: (object) => `I acknowledge ${object}`,
  start: opening,
  begin: opening,
  lead: opening,
  open: opening,
  end: closing,
  finish: closing,
  close: closing,
  conclude: closing,
};

export function percent(draws: Draws, purpose: string): string {
  return `${draws.between(18, 84, "percent", purpose)} percent`;
}

export function name(question: Question, draws: Draws): string {
  const nobody = ["the same one as before", "the usual first choice", "the one they trust most"];
  return draws.pick(question.names.length > 0 ? question.names : nobody, "name");
}

/** Something that the question speaks of. */
export function noun(question: Question, draws: Draws, purpose: string): string {
  if (question.things.length > 0) return `the ${draws.pick(question.things, "noun", purpose)}`;
  return draws.pick(["what went before", "the rest of it", "what you describe"], "noun", purpose);
}

function action(question: Question, draws: Draws): string {
  const it = noun(question, draws, "action");
  return draws.pick(
    [
      `prepare for ${it} first, and keep the rest simple`,
      `take care of ${it} before anything else`,
      `stay with ${it} until something else shows`,
      `start from ${it} and go from there`,
      `put the best you have on ${it}`,
    ],
    "action",
  );
}

function orThing(text: string, otherwise: string): string {
  return text.trim() === "" ? otherwise : text.trim();
}
