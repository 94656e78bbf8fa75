import { rngFrom } from "@/lib/util/rng";

/**
 * Questions and answers of everyday length, so that tokens, and with them money, are in proportion. What they say plays
 * no part: a world looks at rules only.
 */
const WORDS =
  "the a my our this that last next first second week month season report letter plan case team office client order change price reason answer document number before after while because without during could should would need want ask find keep send check explain compare decide".split(
    " ",
  );
const QUESTION_WORDS = 45;

/** About 250 characters. */
export function questionText(seed: number, id: string): string {
  const rng = rngFrom(seed, "question", id);
  const words = Array.from({ length: QUESTION_WORDS }, () => rng.pick(WORDS));
  return `Question ${id}: ${words.join(" ")}?`;
}

const OPENING =
  "Thank you for the question. Here is how I would look at it, with what is known at this point and what you may want to check yourself before you act on it.";

/** An opening, a sentence for each rule that was followed, and an end: 300 to 700 characters. */
export function answerText(id: string, rules: readonly number[]): string {
  const sentences = rules.map(
    (rule) =>
      `As to step ${rule}: it was carried out in full for ${id}, and the result is part of this answer.`,
  );
  return [OPENING, ...sentences, "If anything about your situation is different, please tell me."].join(" ");
}
