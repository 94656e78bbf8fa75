import type { RunRow } from "@/lib/contracts/runs";
import { countOf } from "./run-names";
import type { ShownScale } from "./run-scale";

const MINUS = "\u2212";

/** "+0.7 (0.3 to 1.1) on 21 records"; "none" when nothing was better, "–" while it is not known. */
export function gainWords({ gain, state }: RunRow, scale: ShownScale): string {
  if (gain === null) return state === "done" ? "none" : "–";
  const digits = scale.max - scale.min <= 1 ? 2 : scale.max - scale.min >= 50 ? 0 : 1;
  const say = (normalised: number): string =>
    (normalised * (scale.max - scale.min)).toFixed(digits).replace("-", MINUS);
  const sign = gain.value > 0 ? "+" : "";
  return `${sign}${say(gain.value)} (${say(gain.low)} to ${say(gain.high)}) on ${countOf(gain.records, "record")}`;
}

/** The line in words: "From 3.4 to 4.1 of 5". */
export function sparklineWords({ sparkline }: RunRow, scale: ShownScale): string {
  const [first = 0] = sparkline;
  return `From ${scale.format(first)} to ${scale.formatOf(sparkline.at(-1) ?? first)}`;
}
