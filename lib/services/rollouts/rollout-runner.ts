import "server-only";
import type { RolloutOwner, StoredRollout } from "@/db/repos/rollouts.repo";
import type { Expectations, RecordInputs } from "@/lib/contracts/records";
import { renderExpectations, renderInputs, renderSteps } from "@/lib/judge";
import type {
  RolloutExecutor,
  RolloutJudge,
  RolloutOutcome,
  RolloutSpec,
  TargetSnapshot,
} from "@/lib/rollouts/types";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { outputKeyOf, verdictKeyOf } from "./rollout-keys";

/** A record as a rollout needs it, pinned. */
export interface RolloutRecord {
  recordId: string;
  inputs: RecordInputs;
  expectations: Expectations;
}

/** Everything that stays the same over the rollouts of one job. */
export interface RolloutFrame {
  owner: RolloutOwner;
  target: TargetSnapshot;
  layout: readonly string[];
  judges: readonly RolloutJudge[];
  models: JobModels;
  /**
   * `anywhere`: an answer known from another job is taken over (not paid for). `here`: only this owner's own, as for
   * HTTP agents, whose state we do not know, and for the strategy `reference`.
   */
  memo: "anywhere" | "here";
}

export interface RolloutAsk {
  /** Candidate of a run; of evidence the side, `baseline` or `candidate`. */
  candidateId: string;
  components: Readonly<Record<string, string>>;
  record: RolloutRecord;
  /** 0 for the memoised reading. */
  sample: number;
  purpose: string;
  /** The answer to grade, where it is not to be asked for: one that was kept under the frame's assistant and sample. */
  known?: StoredRollout;
}

export interface RolloutRunner {
  /** The stored rollout, done now or before. A failure is a stored rollout too; rejects only on abort. */
  run(frame: RolloutFrame, ask: RolloutAsk, signal: AbortSignal): Promise<StoredRollout>;
}

/** Does rollouts for runs, rounds of answers and evidence alike: asked again, they answer the same and cost nothing. */
export function createRolloutRunner(
  { repos, now, newId }: Pick<ServiceDeps, "repos" | "now" | "newId">,
  executor: RolloutExecutor,
): RolloutRunner {
  return {
    run: async (frame, ask, signal) => {
      const { owner } = frame;
      const { candidateId, record, sample, purpose } = ask;
      const stored = repos.rollouts.find({ owner, candidateId, recordId: record.recordId, sample });
      if (stored) return stored;
      const id = newId("rol");
      const spec = specOf(frame, ask, id);
      const outputKey = outputKeyOf(spec);
      const known = ask.known ?? (frame.memo === "anywhere" ? repos.rollouts.findOutput(outputKey) : null);
      const memo = known ? findVerdict(spec, known) : null;
      const facts = {
        id,
        owner,
        candidateId,
        recordId: record.recordId,
        sample,
        purpose,
        outputKey,
        createdAt: now(),
      };
      if (memo) return repos.rollouts.insert({ ...memo, ...facts, paid: false });
      const outcome = await executor.execute(withKnownOutput(spec, known), frame.models, signal);
      const result = { ...facts, ...resultOf(spec, outcome), paid: known === null, createdAt: now() };
      return repos.commit(() => repos.rollouts.insert(result));
    },
  };

  function findVerdict(spec: RolloutSpec, known: StoredRollout): StoredRollout | null {
    if (known.output === null) return null;
    return repos.rollouts.findMemo(known.outputKey, verdictKeyOf(spec, known.output, stepsText(known.steps)));
  }
}

function specOf(frame: RolloutFrame, ask: RolloutAsk, rolloutId: string): RolloutSpec {
  const { inputs, expectations, recordId } = ask.record;
  return {
    runId: frame.owner.id,
    rolloutId,
    recordId,
    target: frame.target,
    components: ask.components,
    layout: frame.layout,
    inputs: { messages: inputs.messages, fields: inputs.fields },
    inputsText: renderInputs(inputs),
    expectationsText: renderExpectations(expectations),
    judges: frame.judges,
    sample: ask.sample,
    callKeyPrefix: `${ask.candidateId}:${recordId}:${ask.sample}`,
    knownOutput: null,
  };
}

function withKnownOutput(spec: RolloutSpec, known: StoredRollout | null): RolloutSpec {
  if (known === null || known.output === null) return spec;
  return { ...spec, knownOutput: { output: known.output, steps: known.steps } };
}

function resultOf(spec: RolloutSpec, outcome: RolloutOutcome) {
  const steps = outcome.steps.map((step) => ({ ...step }));
  const verdicts = outcome.verdicts.map((verdict) =>
    verdict.status === "graded"
      ? { ...verdict }
      : { status: verdict.status, judgeVersionId: verdict.judgeVersionId, cause: verdict.cause },
  );
  const base = { steps, verdicts, ...outcome.cost };
  if (outcome.status === "failed") {
    const { cause, answered, output } = outcome;
    return {
      ...base,
      status: "failed" as const,
      output,
      cause,
      answered,
      score: null,
      objectives: {},
      feedback: "",
      verdictKey: null,
    };
  }
  const { output, score, objectives, feedback } = outcome;
  const verdictKey = verdictKeyOf(spec, output, stepsText(steps));
  return {
    ...base,
    status: "scored" as const,
    output,
    cause: null,
    answered: true,
    score,
    objectives: { ...objectives },
    feedback,
    verdictKey,
  };
}

function stepsText(steps: StoredRollout["steps"]): string | null {
  return steps.length === 0 ? null : renderSteps(steps);
}
