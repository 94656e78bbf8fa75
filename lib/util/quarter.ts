/** A quarter of a year in UTC, as "2026-q4". */
export type Quarter = `${number}-q${1 | 2 | 3 | 4}`;

/** The quarter of a moment (ms). */
export function quarterOf(at: number): Quarter {
  const date = new Date(at);
  return named(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3));
}

/** First moment of it, and the first one after it (ms). Throws `RangeError` on what names no quarter. */
export function quarterBounds(quarter: string): { from: number; until: number } {
  const { year, index } = read(quarter);
  return { from: Date.UTC(year, 3 * index), until: Date.UTC(year, 3 * index + 3) };
}

/** The quarters from the one of a moment to the one of a later moment, latest first. */
export function quartersBetween(first: number, last: number): Quarter[] {
  const quarters: Quarter[] = [];
  for (let at = quarterBounds(quarterOf(last)).from; at >= quarterBounds(quarterOf(first)).from; ) {
    quarters.push(quarterOf(at));
    at = quarterBounds(quarterOf(at - 1)).from;
  }
  return quarters;
}

function read(quarter: string): { year: number; index: number } {
  const found = /^(\d{4})-q([1-4])$/.exec(quarter);
  if (!found) throw new RangeError(`"${quarter}" names no quarter, such as 2026-q4.`);
  return { year: Number(found[1]), index: Number(found[2]) - 1 };
}

function named(year: number, index: number): Quarter {
  return `${year}-q${(index + 1) as 1 | 2 | 3 | 4}`;
}
