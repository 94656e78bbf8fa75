import "server-only";
import { rngFrom } from "@/lib/util/rng";

/** Pairs of one sheet, before the repeats. */
const MOST_PAIRS = 10;
/** Pairs that come a second time, the other way round, to see how steady the choices are. */
const REPEATS = 2;

interface Answers {
  recordId: string;
  before: { output: string; score: number | null };
  after: { output: string; score: number | null };
}

export interface PlannedPair {
  recordId: string;
  firstOutput: string;
  secondOutput: string;
  candidateFirst: boolean;
  swappedDuplicate: boolean;
}

/** Pairs that can be compared at all: both sides answered, and not with the same words. */
export function comparable<Pair extends Answers>(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(
    ({ before, after }) =>
      before.score !== null && after.score !== null && before.output.trim() !== after.output.trim(),
  );
}

/** How many pairs a sheet over these answers has, repeats included. */
export function sheetLength(pairs: readonly Answers[]): number {
  const once = Math.min(MOST_PAIRS, comparable(pairs).length);
  return once + repeatsFor(once);
}

/**
 * One expert's sheet. Which records: by chance, the same for everybody who compares this look, and never by their
 * grades, which would ask about a part that flatters one side. In which order, and which answer stands first: by chance,
 * each expert's own. Repeats come in the second half, so that the first time is not fresh in mind.
 */
export function planPairs(pairs: readonly Answers[], lookId: string, userId: string): PlannedPair[] {
  const chosen = rngFrom(lookId, "blind-records").shuffle(comparable(pairs)).slice(0, MOST_PAIRS);
  const rng = rngFrom(lookId, "blind-order", userId);
  const once = rng.shuffle(chosen).map((pair) => asPlanned(pair, rng.next() < 0.5, false));
  const repeated = once.slice(0, repeatsFor(once.length));
  const half = Math.ceil(once.length / 2);
  const second = rng.shuffle([...once.slice(half), ...repeated.map(swapped)]);
  return [...once.slice(0, half), ...second];
}

/** A pair that is repeated stands in the first half; with two pairs there is nothing to hide a repeat among. */
function repeatsFor(once: number): number {
  return once < 4 ? 0 : REPEATS;
}

function asPlanned(pair: Answers, candidateFirst: boolean, swappedDuplicate: boolean): PlannedPair {
  const [first, second] = candidateFirst ? [pair.after, pair.before] : [pair.before, pair.after];
  return {
    recordId: pair.recordId,
    firstOutput: first.output,
    secondOutput: second.output,
    candidateFirst,
    swappedDuplicate,
  };
}

function swapped({ recordId, firstOutput, secondOutput, candidateFirst }: PlannedPair): PlannedPair {
  return {
    recordId,
    firstOutput: secondOutput,
    secondOutput: firstOutput,
    candidateFirst: !candidateFirst,
    swappedDuplicate: true,
  };
}
