import { instructionsOf } from "../task/instructions";
import { type Fault, faultNamedBy, showsFault } from "../text/faults";
import { countIn } from "../text/number-words";
import { lowerFirst, sentencesOf, withoutEndMark, wordCount } from "../text/sentences";
import { asOrder } from "../text/verbs";
import { coverage, ideasOf, wordsOf } from "../text/words";

/** One thing an answer must do or must not do. */
export interface Requirement {
  kind: "want" | "forbid";
  /** How a complaint says it: "state the count", "guess at an injury". */
  order: string;
  ideas: ReadonlySet<string>;
  fault: Fault | null;
  limit: { sentences: number | null; words: number | null };
  /** A thing that must be mentioned weighs more than a clause of the description. */
  weight: number;
}

/** An answer, read once for all requirements. */
export interface ReadAnswer {
  text: string;
  sentences: readonly string[];
  /** Content of each run of neighbouring sentences. */
  windows: readonly ReadonlySet<string>[];
  words: number;
}

/** Shares of a requirement's content between which it is partly met. */
const NO_CREDIT_TO = 0.2;
const FULL_CREDIT_FROM = 0.6;
const QUESTION_IDEA_WEIGHT = 0.6;
const WINDOW = 2;
const FACT_WEIGHT = 1.5;

export function readAnswer(text: string): ReadAnswer {
  const sentences = sentencesOf(text);
  const windows = sentences.map((_, index) =>
    evidenceIn(sentences.slice(Math.max(0, index - WINDOW + 1), index + 1).join(" ")),
  );
  return { text, sentences, windows, words: wordCount(text) };
}

/** Content, with what figures and moods show without naming it: "44 of 76 snaps" is a count. */
function evidenceIn(text: string): Set<string> {
  const ideas = ideasOf(text);
  for (const { shows, pattern } of EVIDENCE)
    if (pattern.test(text)) for (const idea of shows) ideas.add(idea);
  return ideas;
}

const EVIDENCE: readonly { shows: readonly string[]; pattern: RegExp }[] = [
  {
    shows: ["~number"],
    pattern:
      /\b\d+ (?:of|out of|for) (?:the |their |its |his |her |all )?\d+\b|\b(?:over|on|in|from|across|of|last|have|had|has) (?:the |their |last |only )*\d+ [a-z]+s\b/i,
  },
  {
    shows: ["~small", "~warn", "data"],
    pattern:
      /\b(?:small sample|too few|so few|no tendency|not a (?:rule|trend|tendency)|thin|only (?:\w+ )?(?:\d{1,2}|once|twice|one|two|three|four|five|six|seven|eight|nine|ten)\b|a handful|prove nothing)/i,
  },
  {
    shows: ["known", "~uncertain"],
    pattern:
      /\b(?:not known|unknown|(?:cannot|can't|could not|couldn't|hard to|no way to) (?:say|tell|know)|not (?:listed|on record)|does not say|no (?:data|record|report|film) (?:on|of|for)|nothing on)\b/i,
  },
  { shows: ["~recommend"], pattern: /\b(?:I would|I'd|we should|you should|my advice)\b/i },
  { shows: ["~percentage"], pattern: /\d ?(?:percent|%)/i },
  { shows: ["question", "ask", "back", "~ambiguous"], pattern: /\?(?:\s|$)/ },
];

/** The requirements in the text of the expectations: what a good answer does, must mention, must never. */
export function requirementsOf(expectations: string): Requirement[] {
  const requirements: Requirement[] = [];
  let part: "response" | "facts" | "never" = "response";
  for (const rawLine of expectations.split(/\n+/)) {
    let line = rawLine.trim();
    const heading = /^(?:#+\s*|\*\*)?([^:]{0,60}?)(?:\*\*)?:(?:\*\*)?\s*(.*)$/.exec(line);
    if (heading?.[1] !== undefined && isHeading(heading[1])) {
      part = partNamed(heading[1]);
      line = heading[2] ?? "";
    }
    for (const sentence of sentencesOf(line)) {
      if (part === "response") requirements.push(...clausesOf(sentence));
      else if (part === "never") requirements.push(requirement("forbid", sentence));
      else requirements.push(...sentence.split(/;\s+/).map((fact) => requirement("fact", fact)));
    }
  }
  return requirements.filter((one) => one.ideas.size > 0).slice(0, 14);
}

function partNamed(heading: string): "response" | "facts" | "never" {
  if (/\b(never|not|avoid)\b/i.test(heading)) return "never";
  return /\b(mention|facts?|include|contain)\b/i.test(heading) ? "facts" : "response";
}

function isHeading(text: string): boolean {
  return (
    /\b(good answer|expected|must|mention|never|facts?|response|avoid|should)\b/i.test(text) &&
    wordsOf(text).length <= 6
  );
}

/** "Gives the split with the count behind it, and names the carrier" holds two requirements. */
function clausesOf(sentence: string): Requirement[] {
  const pieces = sentence.split(/(,\s+(?:and\s+|then\s+|but\s+)?|;\s+|\s+and\s+)/);
  const clauses = [pieces[0] ?? ""];
  for (let index = 1; index < pieces.length; index += 2) {
    const next = pieces[index + 1] ?? "";
    if (startsClause(next)) clauses.push(next);
    else clauses[clauses.length - 1] += `${pieces[index]}${next}`;
  }
  return clauses.filter((clause) => ideasOf(clause).size > 0).map((clause) => readClause(clause));
}

/** "names the carrier", "never guesses": a new thing to do, not more of the last one. */
function startsClause(part: string): boolean {
  const first = wordsOf(part)[0] ?? "";
  return /^(never|not|does not|do not)\b/i.test(part) || (/[^s]s$/.test(first) && asOrder(part) !== null);
}

function readClause(clause: string): Requirement {
  const forbidden =
    /^(?:(?:it )?(?:never|does not|doesn't|do not|must not|should not|avoids?|refuses to|not)\s+)(.+)$/i.exec(
      clause.trim(),
    )?.[1];
  return forbidden ? requirement("forbid", forbidden) : requirement("want", clause);
}

/** A guideline (or any instruction) as a requirement, with the condition it stands under. */
export function requirementOfGuideline(text: string): { requirement: Requirement; condition: string | null } {
  const [first] = instructionsOf(text);
  if (!first) return { requirement: requirement("want", text), condition: null };
  const kind = first.kind === "forbid" ? "forbid" : "want";
  const built = requirement(kind, first.kind === "forbid" ? first.object : first.text);
  return {
    requirement: { ...built, limit: first.limit, fault: first.kind === "brief" ? "padding" : built.fault },
    condition: first.condition,
  };
}

function requirement(form: "want" | "fact" | "forbid", text: string): Requirement {
  const plain = withoutEndMark(text.trim());
  const kind = form === "forbid" ? "forbid" : "want";
  const ideas = ideasOf(plain);
  const limit = limitIn(plain);
  const isLength = limit.sentences !== null || limit.words !== null;
  return {
    kind,
    order: orderOf(form, plain),
    ideas,
    fault: isLength ? "padding" : faultNamedBy(plain, ideas),
    limit,
    weight: form === "fact" ? FACT_WEIGHT : 1,
  };
}

/** The words of a complaint: "It does not …". Facts are things, even where they look like verbs ("run direction"). */
function orderOf(form: "want" | "fact" | "forbid", plain: string): string {
  if (form === "fact") return `mention ${lowerFirst(plain)}`;
  const order = asOrder(plain);
  if (order !== null) return order;
  if (form === "forbid") return lowerFirst(plain);
  // What a good answer does begins with a verb in the third person, known to us or not.
  const verb = /^(\p{L}{2,}?)(?:(?<=ss|sh|ch|x|o)es|(?<!s)s)\s+(?=\S)/u.exec(plain);
  return verb?.[1] ? `${lowerFirst(verb[1])} ${plain.slice(verb[0].length)}` : `mention ${lowerFirst(plain)}`;
}

function limitIn(text: string): Requirement["limit"] {
  const match =
    /\b(?:past|over|more than|at most|no more than|up to|within|in|than|to) (\d+|one|two|three|four|five|six|seven|eight|nine|ten) (sentences?|words?)\b/i.exec(
      text,
    );
  if (!match?.[1] || !match[2]) return { sentences: null, words: null };
  const count = countIn(match[1]);
  return /^word/i.test(match[2]) ? { sentences: null, words: count } : { sentences: count, words: null };
}

/** How far an answer meets a requirement, 0 to 1, as far as words can show. */
export function creditFor(
  requirement: Requirement,
  answer: ReadAnswer,
  questionIdeas: ReadonlySet<string>,
): number {
  const { limit, fault, kind } = requirement;
  if (limit.sentences !== null) return withinLimit(answer.sentences.length, limit.sentences);
  if (limit.words !== null) return withinLimit(answer.words, limit.words);
  if (fault !== null && (kind === "forbid" || fault === "padding" || fault === "no-commitment"))
    return showsFault(fault, answer.text) ? 0 : 1;
  if (kind === "forbid") return isDoneIn(requirement, answer) ? 0 : 1;
  const weightOf = (idea: string): number => (questionIdeas.has(idea) ? QUESTION_IDEA_WEIGHT : 1);
  const best = answer.windows.reduce(
    (top, window) => Math.max(top, coverage(requirement.ideas, window, weightOf)),
    0,
  );
  return Math.min(1, Math.max(0, (best - NO_CREDIT_TO) / (FULL_CREDIT_FROM - NO_CREDIT_TO)));
}

/** A little over the limit is a little wrong; twice the limit is ignored altogether. */
function withinLimit(found: number, limit: number): number {
  return Math.min(1, Math.max(0, 2 - found / limit));
}

/** Whether a requirement is about owning up to what is not known or thinly known. */
export function isAboutLimits(requirement: Requirement): boolean {
  const { ideas } = requirement;
  return (
    requirement.kind === "want" &&
    (ideas.has("~small") || ideas.has("~uncertain") || ideas.has("~limit") || ideas.has("known"))
  );
}

/** A forbidden thing counts as done only when nearly all of its words stand in one sentence that does not deny it. */
function isDoneIn(requirement: Requirement, answer: ReadAnswer): boolean {
  const bar = requirement.ideas.size <= 2 ? 1 : 0.75;
  return answer.sentences.some((sentence) => {
    const isDenied =
      /\b(not|no|never|nothing|cannot|can't|don't|decline|without|instead of|rather than)\b/i.test(sentence);
    return !isDenied && coverage(requirement.ideas, ideasOf(sentence)) >= bar;
  });
}

/** What is wrong, in a sentence a reader can act on. */
export function complaintAbout(requirement: Requirement): string {
  const { limit, fault, kind, order } = requirement;
  if (limit.sentences !== null) return `It is too long: at most ${limit.sentences} sentences were wanted.`;
  if (limit.words !== null) return `It is too long: at most ${limit.words} words were wanted.`;
  if (fault === "padding") return "It is too long and has padding.";
  if (fault === "guess" && kind === "forbid") return "It guesses where nothing is known.";
  if (fault === "no-commitment") return "It does not commit to one clear answer.";
  return kind === "forbid" ? `It must not ${order}.` : `It does not ${order}.`;
}
