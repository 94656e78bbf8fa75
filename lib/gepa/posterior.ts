import { mean, sum } from "@/lib/util/math";
import type { Member } from "./state";

/** How differences between two candidates on one example scatter. */
export interface NoiseModel {
  /** Variance of one paired difference. */
  variance: number;
}

/** What is believed of an edit before it is tried: as likely to help as to hurt, seldom by more than half a scale. */
export const EDIT_PRIOR = { mean: 0, sd: 0.25 } as const;
/** Scatter of paired differences on a coarse scale, worth eight pairs. */
const NOISE_PRIOR = { variance: 0.06, weight: 8 } as const;

export interface PairedPosterior {
  mean: number;
  sd: number;
  /** Probability that the child is better. */
  probability: number;
}

/** Normal posterior of the mean difference child − incumbent over shared examples (SPEC RA2). */
export function pairedPosterior(differences: readonly number[], noise: NoiseModel): PairedPosterior {
  const priorPrecision = 1 / EDIT_PRIOR.sd ** 2;
  const precision = priorPrecision + differences.length / noise.variance;
  const center = (EDIT_PRIOR.mean * priorPrecision + sum(differences) / noise.variance) / precision;
  const sd = Math.sqrt(1 / precision);
  return { mean: center, sd, probability: normalCdf(center / sd) };
}

/** Pools the scatter of all pairs parent–child seen so far with a prior, so that one lucky chunk does not look certain. */
export function estimateNoise(members: readonly Member[]): NoiseModel {
  let squares: number = NOISE_PRIOR.weight * NOISE_PRIOR.variance;
  let freedom: number = NOISE_PRIOR.weight;
  const byId = new Map(members.map((member) => [member.id, member]));
  for (const child of members) {
    const parent = byId.get(child.parentIds[0] ?? "");
    const scatter = parent === undefined ? null : scatterOf(child, parent);
    if (scatter === null) continue;
    squares += scatter.squares;
    freedom += scatter.freedom;
  }
  return { variance: squares / freedom };
}

interface Scatter {
  squares: number;
  freedom: number;
}

/** Kept as long as neither of the two has a new reading: most pairs of a long run are settled. */
const scatters = new WeakMap<Member["readings"], { against: Member["readings"]; scatter: Scatter | null }>();

/** Scatter of a pair around its own mean; null with fewer than two shared examples. */
function scatterOf(child: Member, parent: Member): Scatter | null {
  const known = scatters.get(child.readings);
  if (known?.against === parent.readings) return known.scatter;
  const differences = pairedDifferences(child, parent);
  const center = differences.length < 2 ? 0 : mean(differences);
  const scatter =
    differences.length < 2
      ? null
      : {
          squares: sum(differences.map((difference) => (difference - center) ** 2)),
          freedom: differences.length - 1,
        };
  scatters.set(child.readings, { against: parent.readings, scatter });
  return scatter;
}

/** Score differences on every example that both were scored on. */
export function pairedDifferences(child: Member, other: Member): number[] {
  const differences: number[] = [];
  for (const [id, { score }] of child.readings) {
    const against = other.readings.get(id);
    if (against !== undefined) differences.push(score - against.score);
  }
  return differences;
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp((-z * z) / 2) * 0.3989422804014327 * series;
  return z >= 0 ? 1 - tail : tail;
}
