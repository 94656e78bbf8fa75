import { ideasOf, isStopWord, wordsOf } from "../text/words";

/** The form of a question; it decides how an answer opens. */
export type QuestionForm =
  | "yes-no"
  | "advice"
  | "either-or"
  | "how-much"
  | "when-where"
  | "who"
  | "what"
  | "how"
  | "other";

/** What can be seen of a question without knowing its field. */
export interface Question {
  text: string;
  form: QuestionForm;
  /** Content of the whole conversation. */
  ideas: ReadonlySet<string>;
  /** Things it speaks of ("goal line", "head coach"), as written, in order. */
  things: readonly string[];
  /** Names in it, as written. */
  names: readonly string[];
  /** Too short or too full of "it" and "they" to know what is meant. */
  isVague: boolean;
}

export function readQuestion(conversation: readonly { role: string; content: string }[]): Question {
  const turns = conversation.filter((message) => message.role !== "system");
  const text = turns.findLast((message) => message.role === "user")?.content ?? turns.at(-1)?.content ?? "";
  const names = namesIn(text);
  return {
    text,
    form: formOf(text),
    ideas: ideasOf(turns.map((turn) => turn.content).join("\n")),
    things: thingsIn(text),
    names,
    isVague: isVague(text, names),
  };
}

const ADVICE =
  /\b(?:what|how|which \S+) (?:do|should|can|shall|would) (?:i|we|you)\b|\b(?:should|shall|may|must) (?:i|we|she|he|they)\b|\bdo (?:i|we) (?:have|need)\b/i;

function formOf(text: string): QuestionForm {
  const asked =
    text.split(/(?<=[.?!;:])\s+|,\s+(?:and|so|or)\s+/).findLast((part) => part.trim().endsWith("?")) ?? text;
  if (ADVICE.test(asked)) return "advice";
  if (
    /\bhow (?:many|much|often|likely|long|high|far|predictable|big|old)\b|\b(?:rate|percentage|odds|chance|average|share)\b/i.test(
      asked,
    )
  )
    return "how-much";
  if (/\b\p{L}+ or (?:\p{L}+ ){0,5}\p{L}+\?/iu.test(asked)) return "either-or";
  if (/\b(?:when|where|what time|which (?:side|way|direction))\b/i.test(asked)) return "when-where";
  if (/\b(?:who|whom|whose)\b/i.test(asked)) return "who";
  if (
    /^\W*(?:and |so |but |then )?(?:is|are|was|were|do|does|did|can|could|should|would|will|may|has|have)\b/i.test(
      asked,
    )
  )
    return "yes-no";
  if (/\bhow\b/i.test(asked)) return "how";
  return /\b(?:what|which)\b/i.test(asked) ? "what" : "other";
}

const DETERMINER =
  /\b(?:the|a|an|our|their|his|her|its|your|my|this|that|these|those|no|any|every|each)\s+((?:[\p{L}'-]+\s+){0,2}[\p{L}-]+)/giu;
const MAX_THING_WORDS = 2;

/** Words after a determiner, up to the first that cannot belong to a thing. */
function thingsIn(text: string): string[] {
  const found = Array.from(text.matchAll(DETERMINER), (match) => cutThing(match[1] ?? ""));
  return [...new Set(found.filter((thing) => thing.length > 3))].slice(0, 8);
}

const NUMBER_WORD =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|last|next|other|same|right|left|half)$/;

function cutThing(phrase: string): string {
  const words = phrase.toLowerCase().split(/\s+/);
  const isEnd = (word: string, index: number): boolean =>
    isStopWord(word) ||
    NUMBER_WORD.test(word) ||
    word.length < 3 ||
    /'|(?:ed|ly)$/.test(word) ||
    // "their coordinator sends people": a thing ends where something is done.
    (index > 0 && VERB_WORD.test(word)) ||
    (index > 0 && OBJECT_WORD.test(words[index + 1] ?? ""));
  const end = words.findIndex(isEnd);
  return (end < 0 ? words : words.slice(0, end)).slice(0, MAX_THING_WORDS).join(" ");
}

const OBJECT_WORD = /^(?:to|it|them|him|her|us|me|the|a|an|this|that)$/;
const VERB_WORD =
  /^(?:alone|again|call|come|feel|get|give|go|handle|have|hold|keep|know|like|look|lose|make|mean|move|need|play|put|run|say|see|send|show|sit|start|stay|stop|take|tell|think|throw|try|turn|use|walk|want|work|write)s?$/;

function namesIn(text: string): string[] {
  const found = text.match(/(?<=[\p{L}\p{N},;:'"]\s)\p{Lu}[\p{L}’.-]+(?:\s\p{Lu}[\p{L}’.-]+)*/gu) ?? [];
  const numbered = Array.from(
    text.matchAll(/\bnumber (\d{1,2})\b|\b(\d{1,2})['’]s\b/g),
    (match) => `number ${match[1] ?? match[2]}`,
  );
  const names = found.map((name) => name.replace(/[.'’]s?$/u, ""));
  return [...new Set([...names, ...numbered])].filter(
    (name) => name.length > 2 && !isStopWord(name.toLowerCase()),
  );
}

function isVague(text: string, names: readonly string[]): boolean {
  const words = wordsOf(text);
  const pronouns = words.filter((word) =>
    /^(he|she|it|they|them|that|this|him|her|those)$/.test(word),
  ).length;
  return words.length < 6 || (names.length === 0 && pronouns >= 2 && words.length < 14);
}
