/** Share of common members, 0 to 1: |a ∩ b| / |a ∪ b|. Two empty sets are alike (1). */
export function jaccard<Member>(a: ReadonlySet<Member>, b: ReadonlySet<Member>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (large.size === 0) return 1;
  let common = 0;
  for (const member of small) if (large.has(member)) common++;
  return common / (a.size + b.size - common);
}

/**
 * The set of three-character pieces of a text, after folding case, width and runs of white space; the text is padded
 * with a blank on both sides so that words at the ends count, and texts of one or two characters have pieces too.
 */
export function trigrams(text: string): Set<string> {
  const folded = text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
  const pieces = new Set<string>();
  if (folded === "") return pieces;
  const characters = Array.from(` ${folded} `);
  for (let start = 0; start + 3 <= characters.length; start++)
    pieces.add(characters.slice(start, start + 3).join(""));
  return pieces;
}

/** How alike two texts read, 0 to 1: Jaccard over trigrams. Symmetric; 1 for texts that fold to the same. */
export function textSimilarity(a: string, b: string): number {
  return jaccard(trigrams(a), trigrams(b));
}

/**
 * Groups of texts that are near-duplicates: two texts of similarity ≥ `threshold` are in one group, and so are their
 * near-duplicates in turn. Every index is in exactly one group (a text without a twin is a group of its own); indexes
 * rise inside a group, and groups are ordered by their first index.
 * Throws `RangeError` unless 0 < threshold ≤ 1.
 *
 * Candidate pairs come from a prefix filter (Chaudhuri et al., "A primitive operator for similarity joins", 2006):
 * with the pieces of each text in one order, rarest first, two sets that reach the threshold share one of their
 * first n − ⌈threshold · n⌉ + 1 pieces. So thousands of records need no comparison of every pair.
 */
export function groupNearDuplicates(texts: readonly string[], threshold: number): number[][] {
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`near-duplicate threshold ${threshold}`);
  const sets = texts.map(trigrams);
  const byRarity = rarestFirst(sets);
  const groups = new DisjointSets(texts.length);
  const holders = new Map<string, number[]>();
  let firstEmpty: number | undefined;
  for (const [index, set] of sets.entries()) {
    if (set.size === 0) {
      firstEmpty ??= index;
      groups.join(firstEmpty, index);
    }
    // The small slack keeps ⌈threshold · n⌉ right when the product is a hair above a whole number.
    const prefix = set.size - Math.ceil(threshold * set.size - 1e-9) + 1;
    for (const piece of byRarity(set).slice(0, prefix)) {
      const others = holders.get(piece) ?? [];
      for (const other of others) {
        if (groups.find(other) === groups.find(index)) continue;
        if (jaccard(sets[other] as Set<string>, set) >= threshold) groups.join(other, index);
      }
      others.push(index);
      holders.set(piece, others);
    }
  }
  return groups.all();
}

/** Orders the pieces of a set by how many sets hold them, fewest first, ties by text: the same order for every set. */
function rarestFirst(sets: readonly Set<string>[]): (set: ReadonlySet<string>) => string[] {
  const counts = new Map<string, number>();
  for (const set of sets) for (const piece of set) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const countOf = (piece: string): number => counts.get(piece) ?? 0;
  return (set) => [...set].sort((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1));
}

/** Union-find; the smallest index of a group is its root. */
class DisjointSets {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, index) => index);
  }

  find(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) root = this.#parents[root] as number;
    this.#parents[index] = root;
    return root;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
    this.#parents[high] = low;
  }

  all(): number[][] {
    const groups = new Map<number, number[]>();
    for (const index of this.#parents.keys()) {
      const root = this.find(index);
      groups.set(root, [...(groups.get(root) ?? []), index]);
    }
    return [...groups.values()];
  }
}
