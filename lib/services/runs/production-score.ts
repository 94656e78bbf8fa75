import "server-only";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Run } from "@/db/repos/runs.repo";
import type { RunSnapshot, RunView } from "@/lib/contracts/runs";
import { renderExpectations, renderInputs, renderSteps } from "@/lib/judge";
import { outputKeyOf, verdictKeyOf } from "@/lib/services/rollouts/rollout-keys";
import { stableStringify } from "@/lib/util/hash";
import { mean } from "@/lib/util/math";
import type { ServiceDeps } from "../service-deps";
import { judgesOf, pinnedModel } from "./run-frame";

const PRODUCTION = "production";

type Production = NonNullable<RunSnapshot["production"]>;

/**
 * What is in production beside what the run tries. Nothing is scored for this: its mean comes from the run itself where
 * the same text takes part in it, else from answers that the same judges graded on the same records, and is told only
 * when every comparison record has one.
 */
export function productionOf(repos: ServiceDeps["repos"], run: Run, view: RunView): Production | null {
  const alias = repos.aliases.get(run.promptId, PRODUCTION);
  const live = alias ? repos.prompts.versionById(alias.versionId) : null;
  if (!live) return null;
  const isStart = live.id === run.promptVersionId;
  const chosen = view.valset.length > 0 ? view.valset : run.manifest.valset;
  const compared = chosen.filter((id) => !view.excluded.some(({ exampleId }) => exampleId === id));
  const is = { version: live.version, isStart, records: compared.length };
  const own = ownScore(repos, run, view, { live, isStart });
  if (own !== null || isStart)
    return { ...is, score: own, from: "run", graded: own === null ? 0 : is.records };
  const scores = knownScores(repos, run, live, compared);
  const isWhole = scores.length > 0 && scores.length === compared.length;
  return { ...is, score: isWhole ? mean(scores) : null, from: "earlier", graded: scores.length };
}

/** Of the candidate with the same text: the starting prompt, or one that a person added. */
function ownScore(
  repos: ServiceDeps["repos"],
  run: Run,
  view: RunView,
  { live, isStart }: { live: PromptVersion; isStart: boolean },
): number | null {
  if (isStart) return view.candidates.find(({ status }) => status === "seed")?.meanScore ?? null;
  const text = stableStringify(live.components);
  const same = view.candidates.find(
    ({ candidateId, fullyValidated }) =>
      fullyValidated &&
      stableStringify(repos.candidates.byId(run.id, candidateId)?.components ?? {}) === text,
  );
  return same?.meanScore ?? null;
}

/**
 * From answers of rounds, reviews and other runs, one a record, the newest that these judges graded. An agent may answer
 * otherwise today, which is why its answers are never used again in a run; as a line to compare with they are told as
 * what they are: earlier.
 */
function knownScores(
  repos: ServiceDeps["repos"],
  { manifest }: Run,
  live: PromptVersion,
  compared: readonly string[],
): number[] {
  const target = repos.targets.versionById(manifest.targetVersionId);
  if (!target || compared.length === 0) return [];
  const { id: versionId } = target;
  const frame = {
    target:
      target.config.kind === "chat"
        ? ({ kind: "chat", versionId, task: pinnedModel(manifest, "task") } as const)
        : ({ kind: "http", versionId } as const),
    components: live.components,
    layout: live.layout,
    judges: judgesOf({ repos }, manifest),
    sample: 0,
  };
  const records = new Map(
    repos.snapshots.listForEngine(manifest.snapshotId).map((record) => [record.recordId, record]),
  );
  return compared.flatMap((id) => {
    const record = records.get(id);
    if (!record) return [];
    const { inputs, expectations } = record;
    const texts = { inputsText: renderInputs(inputs), expectationsText: renderExpectations(expectations) };
    const graded = repos.rollouts.listAnswered(outputKeyOf({ ...frame, inputs })).find((one) => {
      const steps = one.steps.length === 0 ? null : renderSteps(one.steps);
      return one.verdictKey === verdictKeyOf({ ...frame, ...texts }, one.output ?? "", steps);
    });
    return graded?.score == null ? [] : [graded.score];
  });
}
