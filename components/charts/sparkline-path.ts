interface SparklineBox {
  width: number;
  height: number;
  min?: number | undefined;
  max?: number | undefined;
}

/** Room for the stroke and the dot at the end. */
const PADDING = 2.5;

/** SVG path of a small line; a missing value breaks it. `end` is where the last value stands. */
export function sparklinePath(
  values: readonly (number | null)[],
  { width, height, min, max }: SparklineBox,
): { path: string; end: { x: number; y: number } | null } {
  const known = values.filter((value) => value !== null);
  const low = min ?? Math.min(...known);
  const high = max ?? Math.max(...known);
  const stepX = values.length > 1 ? (width - 2 * PADDING) / (values.length - 1) : 0;
  let path = "";
  let end: { x: number; y: number } | null = null;
  let isBroken = true;
  values.forEach((value, index) => {
    if (value === null) {
      isBroken = true;
      return;
    }
    // A flat line stands in the middle.
    const share = high > low ? (value - low) / (high - low) : 0.5;
    end = { x: round(PADDING + index * stepX), y: round(height - PADDING - share * (height - 2 * PADDING)) };
    path += `${isBroken ? "M" : "L"}${end.x} ${end.y}`;
    isBroken = false;
  });
  return { path, end };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
