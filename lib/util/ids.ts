const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no i, l, o, u; sorts as its values
const TIME_CHARS = 10;
const SEQUENCE_CHARS = 3;
const RANDOM_CHARS = 13;
const MAX_TIME_MS = 32 ** TIME_CHARS - 1;

/** Ids that may share one millisecond and still sort in the order they were made. */
export const MAX_ID_SEQUENCE = 32 ** SEQUENCE_CHARS - 1;

/** A prefixed id: `rec_` and 26 characters. */
export type PrefixedId<Prefix extends string = string> = `${Prefix}_${string}`;

/**
 * A sortable id: prefix, 10 characters of time, 3 of a sequence within the millisecond, 13 of chance (65 bits).
 * Ids of one prefix sort as text in the order of (nowMs, sequence).
 * @param nowMs milliseconds since 1970, as the caller's clock says
 * @param random 0 ≤ x < 1, called once a character
 * Throws `RangeError` on a time or sequence out of range or a prefix that is not lower-case letters and digits.
 */
export function createId<Prefix extends string>(
  prefix: Prefix,
  nowMs: number,
  random: () => number,
  sequence = 0,
): PrefixedId<Prefix> {
  if (!/^[a-z][a-z0-9]*$/.test(prefix)) throw new RangeError(`id prefix ${JSON.stringify(prefix)}`);
  if (!(nowMs >= 0 && nowMs <= MAX_TIME_MS)) throw new RangeError(`id time ${nowMs}`);
  if (!(sequence >= 0 && sequence <= MAX_ID_SEQUENCE)) throw new RangeError(`id sequence ${sequence}`);
  let chance = "";
  for (let index = 0; index < RANDOM_CHARS; index++) chance += ALPHABET.charAt(Math.floor(random() * 32));
  return `${prefix}_${encode(nowMs, TIME_CHARS)}${encode(sequence, SEQUENCE_CHARS)}${chance}`;
}

/** Whether `text` is an id that `createId` could have made with this prefix. */
export function isIdOf<Prefix extends string>(prefix: Prefix, text: string): text is PrefixedId<Prefix> {
  return text.startsWith(`${prefix}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1));
}

function encode(value: number, width: number): string {
  let left = Math.floor(value);
  let text = "";
  for (let index = 0; index < width; index++) {
    text = ALPHABET.charAt(left % 32) + text;
    left = Math.floor(left / 32);
  }
  return text;
}
