import { type NumberPair, pairMoments } from "./paired";

/**
 * Lin's concordance correlation coefficient, −1 to 1: how close pairs lie to the line y = x, so a judge that ranks
 * rightly but is always a grade too kind scores low. Population moments, as in Lin, "A concordance correlation
 * coefficient to evaluate reproducibility", Biometrics 45 (1989).
 * Null under two pairs, and when both sides are one and the same constant.
 */
export function concordance(pairs: readonly NumberPair[]): number | null {
  if (pairs.length < 2) return null;
  const { meanX, meanY, varianceX, varianceY, covariance } = pairMoments(pairs);
  const spread = varianceX + varianceY + (meanX - meanY) ** 2;
  return spread === 0 ? null : (2 * covariance) / spread;
}
