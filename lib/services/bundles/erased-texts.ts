import "server-only";
import type { Bundle } from "./bundle-format";

/** What stands where a text was erased on somebody's request; hashes and numbers stay. */
const ERASED = /^\s*[[(⟦]?\s*(?:text\s+)?erased\b/i;

/** Texts of the file that were erased, in words. Figures do not need them; a reader does. */
export function erasedTexts({ looks, comments }: Bundle): string[] {
  const found: string[] = [];
  const note = (text: string | null, what: string): void => {
    if (text !== null && ERASED.test(text)) found.push(what);
  };
  for (const { look, records, readings } of looks) {
    for (const { recordId, inputs, expectations } of records) {
      for (const { content } of inputs.messages)
        note(content, `question of record ${recordId}, look ${look}`);
      note(expectations.expected_response, `what a good answer does, record ${recordId}, look ${look}`);
    }
    for (const { recordId, side, sample, output } of readings)
      note(output, `answer to record ${recordId}, ${side}, reading ${sample}, look ${look}`);
  }
  for (const { id, text } of comments) note(text, `comment ${id}`);
  return found;
}
