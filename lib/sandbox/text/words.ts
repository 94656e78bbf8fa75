/**
 * What the simulated models know of English: stems, words that carry no content, and a few families of words
 * that mean nearly the same in any field. Nothing here is about football, medicine or any other field.
 */

const STOP_WORDS = new Set(
  (
    "a an the this that these those it its itself they them their there here he she his her him we us our you your i me my " +
    "is are was were be been being am do does did done have has had having can could will would shall should may might must " +
    "and or but if then than so as at by for from in into of off on onto out over per to up with within without about above " +
    "after again against all also any because before behind below between both during each every either else even ever few " +
    "how however just least less like more most much neither no nor not now once only other own same some such through too " +
    "under until very via what when where whether which while who whom whose why yet get gets got let lets make makes made " +
    "always never please instead rather really actually thing things way well still anything something everything nothing one"
  ).split(" "),
);

/** Verbs of saying: an answer that does the thing need not use them, so they never count as content. */
const SAYING = new Set(
  (
    "answer answers reply replies response responses say says said saying state states stated stating name names named naming " +
    "mention mentions mentioned mentioning give gives given giving list lists listed listing provide provides provided include " +
    "includes included including tell tells told note notes noted contain contains describe describes show shows showed shown " +
    "report reports point points keep keeps add adds put puts specify specifies identify identifies ensure write writes good " +
    "clearly explicitly use uses used using example examples"
  ).split(" "),
);

/** Families of words that stand for one idea; the first word of a line is its name. */
const FAMILIES = [
  "number figure count amount quantity statistic stat numeric sample size tally total volume",
  "percentage percent rate share proportion ratio",
  "short brief concise terse succinct brevity compact",
  "long lengthy rambling ramble wordy verbose padding padded filler",
  "guess speculate speculation invent fabricate hallucinate made-up assume assumption conjecture",
  "uncertain unsure unknown unclear uncertainty unsupported doubt",
  "source citation cite reference",
  "recommend recommendation suggest suggestion advise advice propose proposal call",
  "doctor physician clinician",
  "drug medication medicine",
  "limit limitation caveat restriction proviso",
  "reason rationale justification justify explain explanation",
  "risk danger hazard",
  "warn warning alert flag",
  "urgent urgency emergency",
  "compare comparison versus baseline benchmark",
  "exact precise specific concrete",
  "ambiguous ambiguity vague clarify clarification meant",
  "jargon abbreviation acronym",
  "plain simple everyday",
  "season year",
  "small tiny thin few handful scarce sparse",
  "certain sure confident confidence certainty overconfident",
  "next follow-up followup",
  "decline refuse refusal",
  "scope remit",
  "first lead begin start open opening",
  "step action",
];

const SUFFIXES: readonly (readonly [suffix: string, replacement: string])[] = [
  ["ations", ""],
  ["ation", ""],
  ["ingly", ""],
  ["ments", ""],
  ["ment", ""],
  ["ness", ""],
  ["ions", ""],
  ["ion", ""],
  ["ings", ""],
  ["ing", ""],
  ["edly", ""],
  ["ed", ""],
  ["ly", ""],
  ["ies", "y"],
  ["es", ""],
  ["s", ""],
];

/** Cuts endings, so that "attempts" and "attempted" are one stem. Crude on purpose; both sides of a match use it. */
export function stemOf(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  for (const [suffix, replacement] of SUFFIXES) {
    if (!word.endsWith(suffix)) continue;
    if (suffix === "s" && /(ss|us|is)$/.test(word)) continue;
    const cut = word.slice(0, -suffix.length) + replacement;
    if (cut.length < 3 || !/[aeiouy]/.test(cut)) continue;
    return tidy(cut);
  }
  return tidy(word);
}

/** "runn" and "run", "state" and "stat" meet: no doubled last consonant, no silent e. */
function tidy(stem: string): string {
  const single = /([bdfgklmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return single.length > 3 && single.endsWith("e") ? single.slice(0, -1) : single;
}

const FAMILY_OF = new Map(
  FAMILIES.flatMap((line) => {
    const words = line.split(" ");
    return words.map((word) => [stemOf(word), `~${words[0]}`] as const);
  }),
);

/** Words of a text, lower case, in order; figures and hyphenated words whole. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize("NFKC").toLowerCase().replace(/[’‘]/g, "'");
  return (folded.match(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu) ?? []).filter(
    (word) => word !== "s" && word !== "t",
  );
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

const MEMO_LIMIT = 20_000;
const memo = new Map<string, string | null>();

/** The idea a word stands for, or null when it carries no content. */
export function ideaOf(word: string): string | null {
  const known = memo.get(word);
  if (known !== undefined) return known;
  const isEmpty = STOP_WORDS.has(word) || SAYING.has(word) || (word.length < 2 && !/\d/.test(word));
  const stem = stemOf(word);
  const idea = isEmpty ? null : (FAMILY_OF.get(stem) ?? stem);
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(word, idea);
  return idea;
}

/** Content of a text as a set of ideas. */
export function ideasOf(text: string): Set<string> {
  const ideas = new Set<string>();
  if (/\bhow many\b/i.test(text)) ideas.add("~number");
  for (const word of wordsOf(text)) {
    const idea = ideaOf(word);
    if (idea !== null) ideas.add(idea);
    // "third-down" is also about "third" and "down".
    if (word.includes("-")) for (const part of word.split("-")) addIdea(ideas, part);
  }
  return ideas;
}

function addIdea(ideas: Set<string>, word: string): void {
  const idea = ideaOf(word);
  if (idea !== null) ideas.add(idea);
}

/** Share of `wanted` that `found` holds, by weight; 0 for nothing wanted. */
export function coverage(
  wanted: ReadonlySet<string>,
  found: ReadonlySet<string>,
  weightOf: (idea: string) => number = () => 1,
): number {
  let total = 0;
  let held = 0;
  for (const idea of wanted) {
    const weight = weightOf(idea);
    total += weight;
    if (found.has(idea)) held += weight;
  }
  return total === 0 ? 0 : held / total;
}

/** How much two sets have in common: overlap over the smaller one, 0 to 1. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return Math.min(a.size, b.size) === 0 ? 0 : coverage(a.size <= b.size ? a : b, a.size <= b.size ? b : a);
}

/** Jaccard similarity of two sets of ideas, 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const idea of a) if (b.has(idea)) common += 1;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}
