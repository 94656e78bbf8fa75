import { bootstrapInterval } from "@/lib/stats/bootstrap";
import { mean } from "@/lib/util/math";

/** Standard error of a mean. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  const squares = values.reduce((total, value) => total + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** `0.612 ± 0.011`. */
export function withError(values: readonly number[]): string {
  return `${mean(values).toFixed(3)} ± ${standardError(values).toFixed(3)}`;
}

const RESAMPLES = 1000;

/** Mean difference of pairs with its 95 % bootstrap interval: `+0.081 [+0.060, +0.102]`. */
export function lead(values: readonly number[], others: readonly number[]): string {
  const differences = values.map((value, index) => value - (others[index] as number));
  const interval = bootstrapInterval(differences, plainMean, { seed: "engine bench", resamples: RESAMPLES });
  if (interval === null) return "";
  return `${signed(interval.value)} [${signed(interval.low)}, ${signed(interval.high)}]`;
}

/** Fast, and exact enough for three digits. */
function plainMean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
