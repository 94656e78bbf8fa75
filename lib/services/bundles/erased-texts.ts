import "server-only";
import { isErased } from "@/lib/contracts/erasure";
import type { Bundle } from "./bundle-format";

/** Texts of the file of which something was erased, in words. Figures do not need them; a reader does. */
export function erasedTexts({ looks, comments, review, baseline, promotion, approvals }: Bundle): string[] {
  const found: string[] = [];
  const note = (text: string | null | undefined, what: string): void => {
    if (text && isErased(text)) found.push(what);
  };
  note(wordsOf(review), "words under review");
  note(baseline && wordsOf(baseline), `words of v${baseline?.version}`);
  note(promotion && wordsOf(promotion.version), "words of the promoted version");
  for (const { look, records, readings, acceptances } of looks) {
    for (const { recordId, inputs, expectations } of records) {
      note(JSON.stringify(inputs), `question of record ${recordId}, look ${look}`);
      note(JSON.stringify(expectations), `what a good answer does, record ${recordId}, look ${look}`);
    }
    for (const { recordId, side, sample, output, verdicts, feedback } of readings) {
      const place = `record ${recordId}, ${side}, reading ${sample}, look ${look}`;
      note(output, `answer to ${place}`);
      note(JSON.stringify([verdicts, feedback]), `what the judge said of ${place}`);
    }
    for (const { recordId, reason } of acceptances)
      note(reason, `why the loss of record ${recordId} was taken, look ${look}`);
  }
  for (const { id, text } of comments) note(text, `comment ${id}`);
  for (const { by, reason } of approvals) note(reason, `reason of ${by}'s approval`);
  return found;
}

/** Whether a hash of these words can be computed again. */
export function areWhole(words: { components: Readonly<Record<string, string>> }): boolean {
  return !isErased(wordsOf(words));
}

function wordsOf({ components }: { components: Readonly<Record<string, string>> }): string {
  return JSON.stringify(components);
}
