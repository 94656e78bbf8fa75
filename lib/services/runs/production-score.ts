import "server-only";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Run } from "@/db/repos/runs.repo";
import type { RunSnapshot, RunView } from "@/lib/contracts/runs";
import { renderExpectations, renderInputs, renderSteps } from "@/lib/judge";
import type { RolloutSpec } from "@/lib/rollouts/types";
import { outputKeyOf, verdictKeyOf } from "@/lib/services/rollouts/rollout-keys";
import { stableStringify } from "@/lib/util/hash";
import { mean } from "@/lib/util/math";
import type { ServiceDeps } from "../service-deps";
import { judgesOf, pinnedModel } from "./run-frame";

const PRODUCTION = "production";

/**
 * What is in production beside what the run tries. Nothing is scored for this: its mean comes from the run itself where
 * the same text takes part in it, else from answers known under the same model, judges and records, and is told only
 * when every comparison record has one.
 */
export function productionOf(
  repos: ServiceDeps["repos"],
  run: Run,
  view: RunView,
): RunSnapshot["production"] {
  const alias = repos.aliases.get(run.promptId, PRODUCTION);
  const live = alias ? repos.prompts.versionById(alias.versionId) : null;
  if (!live) return null;
  const isStart = live.id === run.promptVersionId;
  const compared = view.valset.filter((id) => !view.excluded.some(({ exampleId }) => exampleId === id));
  const score = ownScore(repos, run, view, { live, isStart }) ?? knownScore(repos, run, live, compared);
  return { version: live.version, isStart, score };
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

/** From answers of rounds and earlier runs. None of an agent, whose answers are good for one run only. */
function knownScore(
  repos: ServiceDeps["repos"],
  { manifest }: Run,
  live: PromptVersion,
  compared: readonly string[],
): number | null {
  const target = repos.targets.versionById(manifest.targetVersionId);
  if (target?.config.kind !== "chat" || compared.length === 0) return null;
  const frame = {
    target: { kind: "chat", versionId: target.id, task: pinnedModel(manifest, "task") },
    components: live.components,
    layout: live.layout,
    judges: judgesOf({ repos }, manifest),
    sample: 0,
  } satisfies Partial<RolloutSpec>;
  const records = new Map(
    repos.snapshots.listForEngine(manifest.snapshotId).map((record) => [record.recordId, record]),
  );
  const scores: number[] = [];
  for (const id of compared) {
    const record = records.get(id);
    if (!record) return null;
    const { inputs, expectations } = record;
    const outputKey = outputKeyOf({ ...frame, inputs });
    const known = repos.rollouts.findOutput(outputKey);
    if (!known?.output) return null;
    const texts = { inputsText: renderInputs(inputs), expectationsText: renderExpectations(expectations) };
    const steps = known.steps.length === 0 ? null : renderSteps(known.steps);
    const verdictKey = verdictKeyOf({ ...frame, ...texts }, known.output, steps);
    const score = repos.rollouts.findMemo(outputKey, verdictKey)?.score;
    if (score == null) return null;
    scores.push(score);
  }
  return mean(scores);
}
