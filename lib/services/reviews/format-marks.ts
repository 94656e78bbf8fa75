import "server-only";

/** Words that ask for a form of the answer; a heuristic, so it only ever warns. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bjson\b/i, "JSON"],
  [/\bxml\b/i, "XML"],
  [/\byaml\b/i, "YAML"],
  [/\bcsv\b/i, "CSV"],
  [/\bmarkdown\b/i, "Markdown"],
  [/\b(?:as|in|a|use)\s+(?:a\s+)?table\b/i, "a table"],
  [/\bbullet(?:s|\s+points?|ed)?\b/i, "bullet points"],
  [/\bnumbered\s+(?:list|steps)\b/i, "a numbered list"],
];

/** "scale of 1 to 5", "rate … 0-10", "score from 1–4". */
const SCALE =
  /\b(?:scale|rate|rating|score|grade)\b[^.\n]{0,30}?\b(\d{1,3})\s*(?:-|–|to|through)\s*(\d{1,3})\b/gi;
/** "at most 120 words", "in three sentences". */
const LIMIT =
  /\b(?:at most|no more than|up to|maximum of|within|in|under)\s+(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(words?|sentences?|lines?|paragraphs?|bullets?)\b/gi;

/** What a prompt says of the form of its answers: rating scales, formats, limits of length. */
export function formatMarks(text: string): Set<string> {
  const forms = FORMS.filter(([pattern]) => pattern.test(text)).map(([, name]) => name);
  const scales = Array.from(text.matchAll(SCALE), ([, low, high]) => `a rating of ${low} to ${high}`);
  const limits = Array.from(
    text.matchAll(LIMIT),
    ([, count, unit]) => `at most ${count?.toLowerCase()} ${unit?.toLowerCase()}`,
  );
  return new Set([...forms, ...scales, ...limits]);
}
