/** What is known of an answer before a person labels it. */
export interface TeachingFacts {
  /** The judge's grade, 0..1; null when it gave none. */
  judged: number | null;
  /** Experts have labelled it already and do not agree. */
  expertsSplit: boolean;
  /** Its record has labels, on this or another answer. */
  recordHasLabels: boolean;
}

const UNKNOWN_DISTANCE = 0.5;
const SPLIT_BONUS = 2;
const NEW_REGION_BONUS = 0.3;

/**
 * How much a label of this answer is expected to teach (alignment.md, Labels): most where experts are split, then
 * where the judge stands near the line between good enough and not, then where no label has been yet.
 * @param line where the good-enough line runs, 0..1
 */
export function teachingValue(
  { judged, expertsSplit, recordHasLabels }: TeachingFacts,
  line: number,
): number {
  const distance = judged === null ? UNKNOWN_DISTANCE : Math.abs(judged - line);
  return (expertsSplit ? SPLIT_BONUS : 0) + (recordHasLabels ? 0 : NEW_REGION_BONUS) + (1 - distance);
}

/** The items that teach most first; equal ones keep their order. */
export function byTeaching<Item>(
  items: readonly Item[],
  factsOf: (item: Item) => TeachingFacts,
  line: number,
): Item[] {
  return items
    .map((item) => ({ item, value: teachingValue(factsOf(item), line) }))
    .sort((a, b) => b.value - a.value)
    .map(({ item }) => item);
}
