/** A seeded source of chance. The same seed gives the same draws on every machine. Not for secrets. */
export interface Rng {
  /** The next number, 0 ≤ x < 1, 53 bits. */
  next(): number;
  /** A whole number from 0 to `below` − 1. Throws `RangeError` unless `below` is a positive safe integer. */
  int(below: number): number;
  /** One item, all equally likely. Throws `RangeError` on an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** A shuffled copy, all orders equally likely. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /**
   * One item, in proportion to its weight. Throws `RangeError` on a negative or non-finite weight, and when no
   * weight is above zero.
   */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item, index: number) => number): Item;
}

/** What a draw may depend on. Numbers and strings that print alike are the same field. */
export type DrawField = string | number | boolean;

/** A generator from a seed; `1` and `"1"` are the same seed. */
export function createRng(seed: string | number): Rng {
  const next = sfc32(hashWords(String(seed)));
  const int = (below: number): number => {
    if (!Number.isSafeInteger(below) || below < 1)
      throw new RangeError(`rng.int: ${below} is no positive integer`);
    return Math.floor(next() * below);
  };
  return {
    next,
    int,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("rng.pick from an empty list");
      return items[int(items.length)] as (typeof items)[number];
    },
    shuffle: (items) => shuffled(items, int),
    weighted: (items, weightOf) => items[weightedIndex(items.map(weightOf), next)] as (typeof items)[number],
  };
}

/**
 * A generator for one decision: it depends on the seed and the fields (decision number, purpose …) alone, so a
 * draw stays the same whatever else was drawn before it. Fields are kept apart: ("ab", "c") is not ("a", "bc").
 */
export function rngFrom(seed: string | number, ...fields: DrawField[]): Rng {
  return createRng(joinFields([seed, ...fields]));
}

/** One number, 0 ≤ x < 1, for one decision; the first draw of `rngFrom` with the same arguments. */
export function drawFrom(seed: string | number, ...fields: DrawField[]): number {
  return rngFrom(seed, ...fields).next();
}

function joinFields(fields: readonly DrawField[]): string {
  return fields.map((field) => `${String(field).length}:${field}`).join("");
}

function shuffled<Item>(items: readonly Item[], int: (below: number) => number): Item[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = int(last + 1);
    const moved = copy[last] as Item;
    copy[last] = copy[other] as Item;
    copy[other] = moved;
  }
  return copy;
}

function weightedIndex(weights: readonly number[], next: () => number): number {
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`rng.weighted: ${weight} is no weight`);
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) throw new RangeError("rng.weighted: no weight is above zero");
  let left = next() * total;
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = index;
    left -= weight;
    if (left < 0) return index;
  }
  return last; // only when rounding ate the remainder
}

/** Four 32-bit words from a text: four FNV-like lanes over the UTF-16 units, mixed into each other at the end. */
function hashWords(text: string): [number, number, number, number] {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 ^ text.length];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit ^ (a >>> 15), 0x85ebca77);
    c = Math.imul(c ^ unit ^ (b >>> 13), 0xc2b2ae3d);
    d = Math.imul(d ^ unit ^ (c >>> 16), 0x27d4eb2f);
  }
  return [avalanche(a ^ d), avalanche(b ^ a), avalanche(c ^ b), avalanche(d ^ c)];
}

/** The 32-bit finalizer of MurmurHash3 (public domain): every input bit changes half of the output bits. */
function avalanche(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Chris Doty-Humphrey's "small fast counting" generator (PractRand, public domain), 32-bit words. */
function sfc32(state: [number, number, number, number]): () => number {
  let [a, b, c, counter] = state;
  const word = (): number => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let round = 0; round < 12; round++) word();
  return () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
}
