import { createRng } from "@/lib/util/rng";
import { trigrams } from "@/lib/util/similarity";

/** Two texts this alike (share of their three-character pieces) are near-duplicates. */
export const NEAR_DUPLICATE_SIMILARITY = 0.75;

/** Up to so many texts every pair is compared; beyond, only pairs that fall into one bucket. */
const COMPARE_ALL_UP_TO = 300;
/** Bands of hashes: a pair of similarity 0.75 shares a whole band 997 times in 1000, one of 0.3 twenty times. */
const BANDS = 30;
const ROWS = 6;
/** So many members of a group stand for it in a bucket: a thousand variations of one question stay cheap. */
const COMPARED_OF_A_GROUP = 4;

/**
 * Groups of near-duplicates: every index is in exactly one group, indexes rise inside a group, groups are ordered by
 * their first index. Many texts are told apart by MinHash bands (Broder 1997; Leskovec et al., "Mining of Massive
 * Datasets", chapter 3), so that ten thousand questions out of few words take a second and not minutes. The hashes
 * are fixed: the same texts give the same groups.
 */
export function groupNearDuplicateTexts(texts: readonly string[]): number[][] {
  const sets = texts.map(piecesOf);
  const parents = sets.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  const compare = (first: number, second: number): void => {
    const [low, high] = [rootOf(first), rootOf(second)].sort((a, b) => a - b) as [number, number];
    if (low !== high && isNear(sets[first], sets[second])) parents[high] = low;
  };
  if (texts.length <= COMPARE_ALL_UP_TO) {
    for (let second = 1; second < sets.length; second++) {
      for (let first = 0; first < second; first++) compare(first, second);
    }
  } else {
    for (const bucket of bucketsOf(sets)) {
      const seen: number[] = [];
      for (const index of bucket) {
        for (const other of seen) compare(other, index);
        const known = seen.filter((other) => rootOf(other) === rootOf(index)).length;
        if (known < COMPARED_OF_A_GROUP) seen.push(index);
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const index of parents.keys())
    groups.set(rootOf(index), [...(groups.get(rootOf(index)) ?? []), index]);
  return [...groups.values()];
}

/** The pieces of a text as sorted numbers: cheap to compare. */
function piecesOf(text: string): Int32Array {
  return Int32Array.from(trigrams(text), hashOf).sort();
}

function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at++) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  return hash | 0;
}

function isNear(a: Int32Array | undefined, b: Int32Array | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  if (large.length === 0) return true;
  if (small.length < NEAR_DUPLICATE_SIMILARITY * large.length) return false;
  let common = 0;
  let at = 0;
  for (const piece of small) {
    while (at < large.length && (large[at] as number) < piece) at += 1;
    if (large[at] === piece) common += 1;
  }
  return common / (small.length + large.length - common) >= NEAR_DUPLICATE_SIMILARITY;
}

/** Indexes that share a whole band of smallest hashes, two or more a bucket. */
function* bucketsOf(sets: readonly Int32Array[]): Generator<number[]> {
  const rng = createRng("near-duplicates");
  for (let band = 0; band < BANDS; band++) {
    const factors = Array.from(
      { length: ROWS },
      () => [rng.int(0x7fffffff) | 1, rng.int(0x7fffffff)] as const,
    );
    const buckets = new Map<string, number[]>();
    for (const [index, set] of sets.entries()) {
      const key = factors.map(([factor, shift]) => smallestHash(set, factor, shift)).join(" ");
      const bucket = buckets.get(key);
      if (bucket) bucket.push(index);
      else buckets.set(key, [index]);
    }
    for (const bucket of buckets.values()) if (bucket.length > 1) yield bucket;
  }
}

function smallestHash(set: Int32Array, factor: number, shift: number): number {
  let smallest = 0x7fffffff;
  for (const piece of set) {
    const mixed = Math.imul(piece ^ (piece >>> 15), factor) + shift;
    const hash = (mixed ^ (mixed >>> 13)) | 0;
    if (hash < smallest) smallest = hash;
  }
  return smallest;
}
