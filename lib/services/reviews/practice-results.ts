import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import type { Run } from "@/db/repos/runs.repo";
import type { ReviewView } from "@/lib/contracts/reviews";
import { mean } from "@/lib/util/math";
import { createEvidenceScale, type EvidenceScale } from "../evidence/evidence-scale";
import { judgesOf } from "../runs/run-frame";
import { runViewOf } from "../runs/run-snapshot";
import type { ServiceDeps } from "../service-deps";
import { createMemory } from "./remember";

type Repos = ServiceDeps["repos"];

const SAME = 1e-9;

const remember = createMemory<NonNullable<ReviewView["practice"]>>();

/** How the candidate did in its run, on practice records, beside the starting prompt; null without a run. */
export function practiceResults(repos: Repos, { runId, candidateId }: Review): ReviewView["practice"] {
  const run = runId === null ? null : repos.runs.byId(runId);
  if (!run || candidateId === null) return null;
  const read = () => readResults(repos, run, candidateId);
  return run.endedAt === null ? read() : remember(repos, `${run.id}:${candidateId}`, read);
}

function readResults(repos: Repos, run: Run, candidateId: string): NonNullable<ReviewView["practice"]> {
  const view = runViewOf(repos, run);
  const seedScores = view.scores[view.seedCandidateId ?? ""] ?? {};
  const scores = view.scores[candidateId] ?? {};
  const scale = createEvidenceScale(judgesOf({ repos }, run.manifest));
  return practiceFigures(scale, view.valset, seedScores, scores);
}

type Scores = Readonly<Record<string, number | null>>;

/** The figures of two texts on the same practice records, from scores of 0 to 1. Pure. */
export function practiceFigures(
  scale: EvidenceScale,
  valset: readonly string[],
  seedScores: Scores,
  scores: Scores,
): NonNullable<ReviewView["practice"]> {
  // A candidate may have been scored on fewer records than the starting prompt: only what both have is compared.
  const pairs = valset.flatMap((id) => {
    const [before, after] = [seedScores[id] ?? null, scores[id] ?? null];
    return before === null || after === null ? [] : [{ before, after, difference: after - before }];
  });
  const shownMean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : scale.toShown(mean(values));
  return {
    seed: shownMean(pairs.map(({ before }) => before)),
    candidate: shownMean(pairs.map(({ after }) => after)),
    better: pairs.filter(({ difference }) => difference > SAME).length,
    worse: pairs.filter(({ difference }) => difference < -SAME).length,
    same: pairs.filter(({ difference }) => Math.abs(difference) <= SAME).length,
  };
}
