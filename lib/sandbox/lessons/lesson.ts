import { type Fault, faultNamedBy } from "../text/faults";
import { lowerFirst, sentencesOf, withoutEndMark } from "../text/sentences";
import { asOrder, baseVerbOf } from "../text/verbs";
import { ideasOf } from "../text/words";

/** What a comment on an answer asks of the next answers. */
export interface Lesson {
  kind: "want" | "forbid" | "brief";
  /** The order in base form, without a capital or end mark: "state the count behind every rate". */
  order: string;
  fault: Fault | null;
  /** Content, to find other comments that ask the same. */
  ideas: ReadonlySet<string>;
}

const SAY =
  "(?:say|says|said|state|states|name|names|mention|mentions|give|gives|list|lists|tell|tells|ask|asks|include|includes|recommend|recommends|cover|covers|explain|explains|show|shows|warn|warns|compare|compares|end|ends|start|starts|put|puts|answer|answers|cite|cites|add|adds|refer|refers|count|counts|pick|picks|admit|admits|offer|offers|settle|settles|split|splits|set|sets|sort|sorts|break|breaks)";
const MISSING =
  /\b(?:there is no|there are no|there's no|no|without(?: any)?|missing(?: is| are)?|lacks?|lacking|forgets?|forgot|omits?|nothing about|not a word (?:about|on)|has no|have no)\s+(?:any |a |an |the |single |real )?([^.,;?!]+)/i;
const NOT_DONE = new RegExp(
  `\\b(?:does not|doesn't|did not|didn't|do not|never|fails? to|failed to|isn't)\\s+(${SAY}\\b[^.;?!]+)`,
  "i",
);
const WISHED =
  /\b(?:should (?:have )?|must |has to |needs? to |(?:i'd|i would) (?:have )?like(?:d)?(?: to see)? |(?:i )?(?:want|wanted|need|needed) |all i need(?:ed)? is |only thing missing is )([^.;?!]+)/i;
const ORDERED = new RegExp(
  `(?:^(?:and |so |but |please |just |next time |then )*|\\bif [^,.;]+? )(${SAY}|keep|make|drop|leave|cut|use|commit|avoid)\\b(?!s)(?: me| us)?\\s+([^.;?!]+)`,
  "i",
);
const HOW_MANY = /\bhow many ([\p{L}-]+)/iu;
const WHICH = /^(?:and |but )?((?:which|what|who|whose|where|when)\b[^?]+)\?$/i;
const ADDED =
  /^(?:and |but )?(?:i'd|i would|i'd have|i would have) (?:add|added|include|included)\s+([^.;?!]+)/i;
/** "what does the report say": asked; "what the report says": said. */
const ASKED_BACK = /^(what|which \S+|who|where|when|why) (?:does|do|did) (.+?) (\S+)$/i;
const TOO_MUCH =
  /\b(too long|padding|padded|waffle|rambl|wordy|buried|half of it|cut the|run(?:s)? past|keep it (?:short|to)|in (?:one|two|three|four|five) sentences|shorter|at most \S+ sentences)\b/i;
const MADE_UP =
  /\b(made[- ]?up|makes? up|guess(?:es|ed|ing)?|invent(?:s|ed)?|nobody can know|out of thin air|speculat\w+|rumou?r as fact|hunch)\b/i;
const FENCE_SITTING =
  /\b(is no answer|no answer at all|make the call|both sides|fence|straight answer|either way|commit)\b/i;
const THIN =
  /\b(?:(?:data|numbers?|samples?|it|quarter|game) (?:are|is) (?:too )?(?:thin|small|few)|small[- ]sample|thin (?:data|sample)|so few|too few|how few)\b/i;
const LIMIT = /\b(\d+|one|two|three|four|five|six|seven|eight) (sentences?|words)\b/i;
const MAX_ORDER_WORDS = 13;

/** What a comment that finds fault asks for; empty when it asks for nothing that can be told. */
export function lessonsOf(comment: string): Lesson[] {
  return sentencesOf(comment)
    .flatMap((sentence) => lessonsOfSentence(sentence))
    .filter(isUsable);
}

/** What praise shows to be wanted: "Counts, the games it covers, and a rule we can use." */
export function lessonsOfPraise(comment: string): Lesson[] {
  return sentencesOf(comment)
    .flatMap((sentence) => withoutEndMark(sentence).split(/,\s+(?:and\s+)?|\s+and\s+/))
    .flatMap((part) => {
      if (/^(?:and |but )?I(?:'d| would)\b/i.test(part)) return []; // a wish; `lessonsOf` reads it
      const order = asOrder(part);
      if (order !== null) return [want(order)];
      return /\b(is|are|was|were|has|have|it|that|this|nothing|all)\b/i.test(part)
        ? []
        : [want(`give ${lowerFirst(part.trim())}`)];
    })
    .filter(
      (lesson) =>
        isUsable(lesson) && !/^give (?:straight|good|right|clean|fine|nice|exactly)/i.test(lesson.order),
    );
}

function lessonsOfSentence(sentence: string): Lesson[] {
  const plain = sentence
    .replace(/["“”][^"“”]{0,60}["“”]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (MADE_UP.test(plain)) return [make("forbid", "guess; where nothing is known, say so")];
  if (TOO_MUCH.test(plain)) return [make("brief", `keep the answer short, in at most ${limitIn(plain)}`)];
  if (FENCE_SITTING.test(plain)) return [make("want", "commit to one clear answer")];
  const forbidden = /\b(?:should not|must not|shouldn't|mustn't|may not)\s+([^.;?!]+)/i.exec(plain)?.[1];
  if (forbidden) return [make("forbid", forbidden.trim())];
  if (THIN.test(plain)) return [want("say so when the data are thin")];
  return plain
    .split(/,\s+(?:and\s+)?(?=no\b|never\b|nothing\b|which\b|say\b)|,\s+but\s+|;\s+|:\s+/)
    .flatMap(lessonOfPart);
}

function lessonOfPart(part: string): Lesson[] {
  const many = HOW_MANY.exec(part)?.[1];
  if (many) return [want(`give the number of ${many.toLowerCase()} behind each figure`)];
  const undone = NOT_DONE.exec(part)?.[1];
  if (undone) return [want(asOrder(undone) ?? undone)];
  const missing = MISSING.exec(part)?.[1];
  if (missing) return missing.split(/\s+(?:and|or) no\s+/).map((thing) => want(`give ${article(thing)}`));
  const asked = WHICH.exec(part)?.[1];
  if (asked) return [want(`say ${asStatement(lowerFirst(asked.trim()))}`)];
  const added = ADDED.exec(part)?.[1];
  if (added)
    return [
      want(
        /^(?:how|what|which|who|why|where|when)\b/i.test(added) ? `say ${added}` : `give ${article(added)}`,
      ),
    ];
  const ordered = ORDERED.exec(part);
  // "Picks a source" describes; "pick a source" orders.
  const isOrder =
    ordered?.[1] !== undefined &&
    (baseVerbOf(ordered[1]) ?? ordered[1].toLowerCase()) === ordered[1].toLowerCase();
  if (isOrder && ordered?.[1] && ordered[2] && !/^(?:leave|drop|cut)$/i.test(ordered[1])) {
    const verb = /^(?:tell|make|keep)$/i.test(ordered[1]) ? "say" : ordered[1].toLowerCase();
    return [want(`${verb} ${ordered[2].trim()}`)];
  }
  const wished = WISHED.exec(part)?.[1];
  if (wished) return [want(asOrder(wished) ?? `give ${article(wished)}`)];
  return [];
}

function asStatement(question: string): string {
  return question.replace(
    ASKED_BACK,
    (_, word: string, subject: string, verb: string) =>
      `${word} ${subject} ${verb}${/s$/.test(verb) ? "" : "s"}`,
  );
}

function want(order: string): Lesson {
  return make("want", order.replace(/\s+(?:at all|anywhere|either|here|once|with it|there|in)$/i, ""));
}

function make(kind: Lesson["kind"], order: string): Lesson {
  const tidy = withoutEndMark(order.replace(/\s+/g, " ").trim())
    .replace(/^(?:tell|show|give) (?:me|us|the reader)\s+/i, "say ")
    .replace(/\b(?:I|we)\b/g, "the reader");
  const ideas = ideasOf(tidy);
  const fault = kind === "brief" ? "padding" : faultNamedBy(tidy, ideas);
  return { kind, order: tidy, fault, ideas };
}

function limitIn(text: string): string {
  const match = LIMIT.exec(text);
  return match ? `${match[1]?.toLowerCase()} ${match[2]?.toLowerCase()}` : "five sentences";
}

function article(thing: string): string {
  const plain = lowerFirst(thing.trim());
  return /^(?:the|a|an|which|what|who|how|where|when|one|his|her|their|its|any|every|each)\b/i.test(plain)
    ? plain
    : `the ${plain}`;
}

/** Comments full of figures, names and quotes teach about one answer only. */
function isUsable(lesson: Lesson): boolean {
  const words = lesson.order.split(" ").length;
  return lesson.ideas.size > 0 && words <= MAX_ORDER_WORDS && !/["“”…]|\b\d{2,}\b/.test(lesson.order);
}
