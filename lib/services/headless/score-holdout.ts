import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { createGuardedFetch } from "@/lib/llm";
import { createPoolExecutor } from "@/lib/rollouts/pool-executor";
import {
  createRolloutRunner,
  type RolloutFrame,
  type RolloutRecord,
} from "@/lib/services/rollouts/rollout-runner";
import { mapLimit } from "@/lib/util/map-limit";
import { mean } from "@/lib/util/math";
import {
  outcomeOf,
  SCORING_SAMPLES,
  type ScoredRollout,
  type Side,
  sides,
} from "../evidence/evidence-readings";
import { createEmbeddingsFor } from "../judges/embeddings";
import { judgesOf, targetOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";

/** Both prompts on the records that the search never saw. Scores lie between 0 and 1. */
export interface HoldoutResult {
  /** Means over the records that both prompts were scored on; null when there is none. */
  before: number | null;
  after: number | null;
  /** Records that both prompts were scored on. */
  n: number;
  better: number;
  worse: number;
  same: number;
}

export interface ScoredHoldout {
  result: HoldoutResult;
  /** Records left out, since a prompt could not be scored on them. */
  failed: number;
}

/** Scores the starting prompt and the best one on the sealed records, as the run scores; what fails is tried three times. */
export async function scoreHoldout(
  deps: ServiceDeps,
  run: Run,
  bestId: string,
  seedId: string,
): Promise<ScoredHoldout> {
  const { repos, newId } = deps;
  const { manifest, jobId } = run;
  const fetch = createGuardedFetch({ allowPrivate: true, allowHosts: [] });
  const runner = createRolloutRunner(
    deps,
    createPoolExecutor({ fetch, embeddingsFor: createEmbeddingsFor(deps) }),
  );
  const frame: RolloutFrame = {
    owner: { kind: "evidence", id: newId("evd") },
    target: targetOf(deps, manifest),
    layout: repos.prompts.versionById(manifest.promptVersionId)?.layout ?? [],
    judges: judgesOf(deps, manifest),
    models: deps.models.forJob(jobId),
    memo: "anywhere",
  };
  const componentsOf = (id: string): Record<string, string> => {
    const candidate = repos.candidates.byId(run.id, id);
    if (!candidate) throw new Error(`the text of candidate ${id} is gone`);
    return candidate.components;
  };
  const texts: Record<Side, Record<string, string>> = {
    baseline: componentsOf(seedId),
    candidate: componentsOf(bestId),
  };
  const { signal } = new AbortController();
  const readingOf = async (side: Side, record: RolloutRecord): Promise<ScoredRollout | null> => {
    for (const sample of SCORING_SAMPLES) {
      const reading = await runner.run(
        frame,
        { candidateId: side, components: texts[side], record, sample, purpose: "final" },
        signal,
      );
      if (reading.score !== null) return { ...reading, score: reading.score };
    }
    return null;
  };
  const sealed = repos.records.listSealed(run.projectId);
  const asked = sides.flatMap((side) =>
    sealed.map(({ id, inputs, expectations }) => ({ side, record: { recordId: id, inputs, expectations } })),
  );
  const readings = await mapLimit(asked, manifest.concurrency, ({ side, record }) => readingOf(side, record));
  return compare(readings.slice(0, sealed.length), readings.slice(sealed.length));
}

function compare(
  before: readonly (ScoredRollout | null)[],
  after: readonly (ScoredRollout | null)[],
): ScoredHoldout {
  const pairs = before.flatMap((old, index) => {
    const fresh = after[index] ?? null;
    return old && fresh ? [{ old, fresh, outcome: outcomeOf(old, fresh) }] : [];
  });
  const count = (outcome: string): number => pairs.filter((pair) => pair.outcome === outcome).length;
  const meanOf = (scores: number[]): number | null => (scores.length === 0 ? null : mean(scores));
  return {
    result: {
      before: meanOf(pairs.map(({ old }) => old.score)),
      after: meanOf(pairs.map(({ fresh }) => fresh.score)),
      n: pairs.length,
      better: count("better"),
      worse: count("worse"),
      same: count("same"),
    },
    failed: before.length - pairs.length,
  };
}
