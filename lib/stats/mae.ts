import { mean } from "@/lib/util/math";
import type { NumberPair } from "./paired";

/** Mean absolute difference, in the unit of the values (grades); null for no pairs. */
export function meanAbsoluteError(pairs: readonly NumberPair[]): number | null {
  return pairs.length === 0 ? null : mean(pairs.map(([x, y]) => Math.abs(x - y)));
}
