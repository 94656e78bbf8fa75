import { createHash } from "node:crypto";
import { ideaOf, wordsOf } from "./text/words";

export const EMBEDDING_DIMENSIONS = 256;

/** A hashed bag of stems, of length 1: texts with the same words are near, whatever the field. */
export function embedText(text: string): number[] {
  const vector = new Array<number>(EMBEDDING_DIMENSIONS).fill(0);
  for (const word of wordsOf(text)) {
    const idea = ideaOf(word);
    if (idea === null) continue;
    const { slot, sign } = slotOf(idea);
    vector[slot] = (vector[slot] ?? 0) + sign;
  }
  // Damped counts: a word said five times is not five times the topic.
  const damped = vector.map((value) => Math.sign(value) * Math.sqrt(Math.abs(value)));
  const length = Math.hypot(...damped);
  if (length === 0) damped[0] = 1;
  return damped.map((value) => (length === 0 ? value : value / length));
}

function slotOf(idea: string): { slot: number; sign: number } {
  const digest = createHash("sha256").update(idea).digest();
  return {
    slot: digest.readUInt16BE(0) % EMBEDDING_DIMENSIONS,
    sign: digest.readUInt8(2) % 2 === 0 ? 1 : -1,
  };
}
