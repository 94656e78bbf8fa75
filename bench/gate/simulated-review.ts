import { alphaOfLook, decideEvidence, type EvidenceVerdictName } from "@/lib/stats/evidence";
import { clamp } from "@/lib/util/math";
import { type Rng, rngFrom } from "@/lib/util/rng";

/** How the two prompts differ in truth. */
export interface Truth {
  name: string;
  /** Grades that the candidate is better by, on the mean over all records that could be asked. */
  gain: number;
  /** Grades by which a record is truly moved either way, the same at every look; 0 = no record is. */
  spread: number;
}

export interface GradeScale {
  name: string;
  low: number;
  high: number;
  /** Spread of one reading of one answer about its record's true grade. */
  noise: number;
}

export interface SimulatedReview {
  truth: Truth;
  scale: GradeScale;
  /** Sealed records. */
  records: number;
  /** Looks that are bought before the people give up; they stop at the first that says *better*. */
  looks: number;
  seed: string;
}

export interface ReviewOutcome {
  /** Verdict of the first look. */
  first: EvidenceVerdictName;
  /** Some look within those bought said *better*, or *worse*. */
  everBetter: boolean;
  everWorse: boolean;
  /** What a gate would have said that does not ask for more at each further look. */
  everBetterUncorrected: boolean;
}

/**
 * One review: the same sealed records at each look, answered and graded afresh. The verdict is the product's own
 * (`lib/stats/evidence`), at the level of that look.
 */
export function simulateReview({ truth, scale, records, looks, seed }: SimulatedReview): ReviewOutcome {
  const cases = drawCases(rngFrom(seed, "records"), truth, scale, records);
  const outcome: ReviewOutcome = {
    first: "not-enough",
    everBetter: false,
    everWorse: false,
    everBetterUncorrected: false,
  };
  for (let look = 1; look <= looks; look += 1) {
    const rng = rngFrom(seed, "look", look);
    const pairs = cases.map(({ before, after }) => ({
      before: gradeOf(rng, before, scale),
      after: gradeOf(rng, after, scale),
    }));
    const { verdict, pValue } = decideEvidence({ pairs, failedPairs: 0, look, seed: `${seed}:${look}` });
    if (look === 1) outcome.first = verdict;
    // Whoever looks again after *better* has no reason to; what comes later is not counted.
    if (!outcome.everBetter) {
      outcome.everWorse ||= verdict === "worse";
      outcome.everBetter = verdict === "better";
    }
    const isAbove = pairs.reduce((sum, { before, after }) => sum + after - before, 0) > 0;
    outcome.everBetterUncorrected ||= isAbove && pValue !== null && pValue <= alphaOfLook(1);
  }
  return outcome;
}

interface Case {
  before: number;
  after: number;
}

function drawCases(rng: Rng, { gain, spread }: Truth, { low, high }: GradeScale, count: number): Case[] {
  return Array.from({ length: count }, () => {
    const before = low + (high - low) * (0.25 + 0.5 * rng.next());
    const moved = rng.next() < 0.5 ? -spread : spread;
    return { before, after: before + gain + moved };
  });
}

function gradeOf(rng: Rng, truth: number, { low, high, noise }: GradeScale): number {
  return clamp(Math.round(truth + noise * gaussian(rng)), low, high);
}

/** Box and Muller's normal draw. */
function gaussian(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
  return radius * Math.cos(2 * Math.PI * rng.next());
}
