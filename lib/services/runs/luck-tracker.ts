import type { GepaEvent } from "@/lib/gepa";
import { luckBand } from "@/lib/stats/luck-band";
import { clamp, mean, sum } from "@/lib/util/math";

type Scores = Map<string, number>;

/**
 * How far the best of the candidates compared so far would rise by luck alone (lib/stats/luck-band). The noise of one
 * score is read off the paired differences between starting prompt and candidates: half their variance within a
 * candidate. True differences between records are in it too, so the band is rather too wide than too narrow.
 */
export function createLuckTracker(): {
  observe(event: GepaEvent): void;
  band(): { low: number; high: number } | null;
} {
  const scores = new Map<string, Scores>();
  const compared = new Set<string>();
  let seedId = "";
  let valset: ReadonlySet<string> = new Set();

  const keep = (candidateId: string, list: readonly { exampleId: string; score: number | null }[]): void => {
    const known = scores.get(candidateId) ?? new Map<string, number>();
    scores.set(candidateId, known);
    for (const { exampleId, score } of list) if (score !== null) known.set(exampleId, score);
  };

  return {
    observe: (event) => {
      switch (event.type) {
        case "run-started":
          seedId = event.seedCandidateId;
          valset = new Set(event.valset);
          return;
        case "seed-evaluated":
          return keep(event.candidateId, event.scores);
        case "candidate-accepted":
        case "candidate-rejected":
          compared.add(event.candidateId);
          return keep(event.candidateId, event.scores);
        case "rollout-finished":
          return keep(event.candidateId, [event]);
        default:
          return;
      }
    },
    band: () => {
      const seed = [...(scores.get(seedId) ?? [])].filter(([id]) => valset.has(id)).map(([, score]) => score);
      const noiseSd = noiseOf(
        scores.get(seedId) ?? new Map(),
        [...compared].map((id) => scores.get(id) ?? new Map()),
      );
      if (seed.length === 0 || noiseSd === null) return null;
      const offsets = luckBand({ noiseSd, valsetSize: seed.length, candidates: compared.size });
      const centre = mean(seed);
      return { low: clamp(centre + offsets.low, 0, 1), high: clamp(centre + offsets.high, 0, 1) };
    },
  };
}

/** Null until some candidate shares two records with the starting prompt. */
function noiseOf(seed: Scores, candidates: readonly Scores[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const candidate of candidates) {
    const differences = [...candidate].flatMap(([id, score]) => {
      const before = seed.get(id);
      return before === undefined ? [] : [score - before];
    });
    if (differences.length < 2) continue;
    const centre = mean(differences);
    squares += sum(differences.map((one) => (one - centre) ** 2));
    freedom += differences.length - 1;
  }
  return freedom === 0 ? null : Math.sqrt(squares / freedom / 2);
}
