import { wordsOf } from "./sentences";

const FUNCTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ["the", "and", "of", "to", "is", "that", "with", "you", "for", "not", "are", "this"],
  de: ["der", "die", "das", "und", "ist", "nicht", "mit", "für", "auf", "sie", "ein", "wenn"],
  fr: ["le", "la", "les", "et", "est", "pas", "avec", "pour", "vous", "une", "des", "dans"],
  es: ["el", "los", "las", "y", "es", "con", "para", "una", "que", "por", "del", "usted"],
  it: ["il", "gli", "che", "con", "per", "una", "del", "non", "sono", "della", "di", "è"],
  nl: ["de", "het", "een", "en", "van", "niet", "met", "voor", "op", "zijn", "als", "je"],
};
const SCRIPTS = [
  "Latin",
  "Cyrillic",
  "Greek",
  "Han",
  "Arabic",
  "Hebrew",
  "Hangul",
  "Hiragana",
  "Devanagari",
  "Thai",
] as const;
const MIN_WORDS = 20;
const CLEAR_SHARE = 0.08;

/**
 * Whether the second text is clearly in another language than the first (SPEC CK3). Only a clear case counts: another
 * main script, or another language's function words where both texts are long enough to tell.
 */
export function isOtherLanguage(before: string, after: string): boolean {
  const [scriptBefore, scriptAfter] = [mainScript(before), mainScript(after)];
  if (scriptBefore === null || scriptAfter === null) return false;
  if (scriptBefore !== scriptAfter) return true;
  const [languageBefore, languageAfter] = [clearLanguage(before), clearLanguage(after)];
  return languageBefore !== null && languageAfter !== null && languageBefore !== languageAfter;
}

function mainScript(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < MIN_WORDS) return null;
  const counts = SCRIPTS.map(
    (script) => [script, text.match(new RegExp(`\\p{Script=${script}}`, "gu"))?.length ?? 0] as const,
  );
  return counts.find(([, count]) => count > 0.7 * letters)?.[0] ?? null;
}

/** The language whose function words lead by a factor of two and make up a clear share; null when unsure. */
function clearLanguage(text: string): string | null {
  const words = wordsOf(text);
  if (words.length < MIN_WORDS) return null;
  const shares = Object.entries(FUNCTION_WORDS)
    .map(([language, list]) => ({
      language,
      share: words.filter((word) => list.includes(word)).length / words.length,
    }))
    .sort((a, b) => b.share - a.share);
  const [first, second] = shares;
  if (first === undefined || first.share < CLEAR_SHARE || first.share < 2 * (second?.share ?? 0)) return null;
  return first.language;
}
