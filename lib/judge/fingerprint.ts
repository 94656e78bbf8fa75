/**
 * A short, stable name for texts: 24 hex digits that depend on the texts and their order alone. Not for secrets; used
 * for call keys and ids inside one job or judge, where browser code may need it too (so no Node hash).
 * Method: three independent 32-bit FNV-1a lanes over UTF-16 units, each finished as in MurmurHash3.
 */
export function fingerprint(...texts: readonly string[]): string {
  const joined = texts.map((text) => `${text.length}:${text}`).join("");
  return LANES.map(([seed, factor]) => lane(joined, seed, factor).toString(16).padStart(8, "0")).join("");
}

/** Start and odd factor of each lane. */
const LANES = [
  [0x811c9dc5, 0x01000193],
  [0x9747b28c, 0x85ebca6b],
  [0x1b873593, 0xcc9e2d51],
] as const;

function lane(text: string, seed: number, factor: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), factor);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
