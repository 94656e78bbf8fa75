import { countIn } from "../text/number-words";
import { sentencesOf, withoutEndMark } from "../text/sentences";
import { asOrder, baseVerbOf } from "../text/verbs";
import { ideaOf, ideasOf } from "../text/words";

/** What an instruction asks for, as far as a reader who knows no field can tell. */
export type InstructionKind = "say" | "forbid" | "brief" | "exhaustive" | "literal";

export interface Instruction {
  kind: InstructionKind;
  /** The order without its condition, as written. */
  text: string;
  /** Base form of its verb; "" when it has none that we know. */
  verb: string;
  /** What the verb is about. */
  object: string;
  /** "When …": carried out only where it fits the question. */
  condition: string | null;
  /** Content of the order, to meet it again in an answer or a complaint. */
  ideas: ReadonlySet<string>;
  /** Sentences or words allowed at most, for `brief`; null when it only says "short". */
  limit: { sentences: number | null; words: number | null };
}

const CONDITION =
  /^(?:when(?:ever)?|if|where(?:ver)?|as soon as|once|in case)\s+([^,]+),\s*(?:then\s+)?(.+)$/i;
const TRAILING_CONDITION = /^(.+?),?\s+((?:when(?:ever)?|if|unless|in case)\s+.+)$/i;
const FORBIDDING = /^(?:never|do not|don't|avoid|must not|refrain from|stop)\s+(?:ever\s+)?(.+)$/i;
const WITHOUT = /^(.*?)\s+(?:without|unless you (?:also )?(?:give|state|say|name|show))\s+(.+)$/i;
const BRIEF =
  /\b(short|brief|concise|terse|succinct|to the point|(?:at most|no more than|under|within|fewer than|up to) \S+ (?:words|sentences|lines))\b/i;
const EXHAUSTIVE =
  /\b(in (?:full|great|every) detail|exhaustive(?:ly)?|everything you know|at length|comprehensive(?:ly)?|as much (?:detail )?as|every possible|all (?:the )?details|elaborate)\b/i;
const LITERAL = /["“`]([^"”`\n]{2,80})["”`]|\b([A-Z][A-Z0-9]*[-_][A-Z0-9][A-Z0-9_-]*)\b/;

/** The orders in a system prompt, in order; sentences that order nothing (who the assistant is) are left out. */
export function instructionsOf(systemText: string): Instruction[] {
  return sentencesOf(systemText).flatMap(splitOrders).flatMap(readOrder);
}

/** "State the count and name the player" holds two orders. */
function splitOrders(sentence: string): string[] {
  const parts = sentence.split(
    /;\s+|,?\s+(?:and|then|but)\s+(?=(?:also\s+|then\s+|always\s+|never\s+|do not\s+)?[a-z]+\b)/i,
  );
  const merged: string[] = [];
  for (const part of parts) {
    const first = /^(?:also\s+|then\s+|always\s+)?([\p{L}]+)/iu.exec(part)?.[1] ?? "";
    const isOrder =
      merged.length === 0 ||
      isBareVerb(first) ||
      /^(never|do not)$/i.test(first) ||
      /^(when|if)\b/i.test(part);
    if (isOrder) merged.push(part);
    else merged[merged.length - 1] = `${merged.at(-1)} and ${part}`;
  }
  return merged;
}

function isBareVerb(word: string): boolean {
  return baseVerbOf(word) === word.toLowerCase();
}

function readOrder(part: string): Instruction[] {
  let text = withoutEndMark(part.trim());
  let condition: string | null = null;
  const leading = CONDITION.exec(text);
  if (leading?.[1] && leading[2]) {
    condition = leading[1];
    text = leading[2];
  }
  text = text
    .replace(
      /^(?:please|also|always|then|and|but|above all|remember to|make sure (?:to|that you)|be sure to|you (?:must|should|have to|need to)|the answer (?:must|should)|(?:every|each|your|a good) answer (?:must|should)?)\s+/i,
      "",
    )
    .replace(/^(?:also|always|please)\s+/i, "");
  const literal = LITERAL.exec(text);
  if (
    literal &&
    /^(include|end|begin|start|reply|answer|say|write|repeat|add|finish|open|close|mention|respond|use|put)\b/i.test(
      text,
    )
  ) {
    return [build("literal", text, "say", literal[1] ?? literal[2] ?? "", condition)];
  }
  if (EXHAUSTIVE.test(text)) return [build("exhaustive", text, "", text, condition)];
  const forbidden = FORBIDDING.exec(text)?.[1];
  if (forbidden) return [readForbidden(text, forbidden, condition)];
  if (BRIEF.test(text) && !/\bshort(?:-|\s)(?:term|list|yardage|handed)/i.test(text))
    return [build("brief", text, "keep", text, condition)];
  return readPositive(text, condition);
}

function readForbidden(text: string, forbidden: string, condition: string | null): Instruction {
  const pair = WITHOUT.exec(forbidden);
  // "Never give a rate without its count" is an order to give the count.
  if (pair?.[1] && pair[2])
    return build("say", text, "state", `${pair[2]} with ${asNoun(pair[1])}`, condition);
  return build("forbid", text, baseVerbOf(forbidden.split(/\s/)[0] ?? "") ?? "", forbidden, condition);
}

function readPositive(text: string, leadingCondition: string | null): Instruction[] {
  const order = asOrder(text);
  if (order === null || isManner(order)) return [];
  let condition = leadingCondition;
  let body = order;
  const trailing = TRAILING_CONDITION.exec(order);
  const verb = /^\p{L}+/u.exec(order)?.[0] ?? "";
  // "Say when the data is thin": the clause is what is to be said, no condition.
  const isObject = trailing?.[1] !== undefined && trailing[1].trim().split(/\s+/).length === 1;
  if (trailing?.[1] && trailing[2] && !isObject && condition === null) {
    body = trailing[1];
    condition = trailing[2].replace(/^\S+\s+/, "");
  }
  return [build("say", body, verb, body.slice(verb.length).trim(), condition)];
}

/** "Answer their questions", "explain what you see so that they understand": how to be, nothing an answer could show. */
function isManner(order: string): boolean {
  return (
    /^(?:answer|help|respond|reply|support|write|think|consider|remember|read|use (?:a|an) [\p{L}]+ (?:tone|style|voice))\b/iu.test(
      order,
    ) ||
    /\b(?:so that (?:they|the|it|everyone)|tone|politely and|professional(?:ly)?|helpful(?:ly)?|wider picture)\b/i.test(
      order,
    )
  );
}

function asNoun(verbPhrase: string): string {
  const verb = /^\p{L}+/u.exec(verbPhrase)?.[0] ?? "";
  return baseVerbOf(verb) === null ? verbPhrase : verbPhrase.slice(verb.length).trim();
}

function build(
  kind: InstructionKind,
  text: string,
  verb: string,
  object: string,
  condition: string | null,
): Instruction {
  const ideas = ideasOf(object);
  const verbIdea = kind === "say" ? ideaOf(verb) : null;
  if (verbIdea !== null) ideas.add(verbIdea);
  return { kind, text, verb, object, condition, ideas, limit: limitOf(text) };
}

function limitOf(text: string): Instruction["limit"] {
  const match = /\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten) (sentence|word|line)s?\b/i.exec(
    text,
  );
  if (!match?.[1] || !match[2]) return { sentences: null, words: null };
  const count = countIn(match[1]);
  return match[2].toLowerCase() === "word"
    ? { sentences: null, words: count }
    : { sentences: count, words: null };
}
