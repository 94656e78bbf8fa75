/** A sentence of the text, and the guideline of which it seems to say the opposite. */
export interface Opposed {
  sentence: string;
  guideline: string;
}

const FORBIDDING =
  /\b(?:never|not|no|none|without|avoid|refrain|skip|omit|don't|doesn't|mustn't|shouldn't|cannot)\b/iu;
/** Words that every rule may hold, whatever it is about. */
const EMPTY = new Set(
  "always answer answers every each from have into make must only over should that their them then there they this when where which with your given give rule sure does unless because".split(
    " ",
  ),
);
/** Share of the shorter one's words that both must hold, and how many at least: else they are about other things. */
const SAME_SUBJECT = 0.6;
const FEWEST_WORDS = 2;

/**
 * Sentences that speak of the same as a guideline, where one of the two forbids and the other does not ("Never guess an
 * injury" against "Guess the injury when unsure"). Goes by English words, so it is a reason to look, not a verdict, and
 * what it does not find may still be there.
 */
export function findOpposed(sentences: readonly string[], guidelines: readonly string[]): Opposed[] {
  const rules = guidelines.map(read);
  return sentences.map(read).flatMap((said) => {
    const rule = rules.find((one) => one.isForbidding !== said.isForbidding && isOfSameSubject(said, one));
    return rule ? [{ sentence: said.text, guideline: rule.text }] : [];
  });
}

interface Rule {
  text: string;
  isForbidding: boolean;
  words: ReadonlySet<string>;
}

function read(text: string): Rule {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  // The beginning of a word stands for its forms: injury, injuries.
  const stems = words
    .filter((word) => !EMPTY.has(word) && !FORBIDDING.test(word))
    .map((word) => word.slice(0, 5));
  return { text: text.trim(), isForbidding: FORBIDDING.test(text), words: new Set(stems) };
}

function isOfSameSubject(a: Rule, b: Rule): boolean {
  const common = [...a.words].filter((word) => b.words.has(word)).length;
  return common >= FEWEST_WORDS && common >= SAME_SUBJECT * Math.min(a.words.size, b.words.size);
}
