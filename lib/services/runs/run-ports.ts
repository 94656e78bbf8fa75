import "server-only";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { Run } from "@/db/repos/runs.repo";
import type { RunManifest } from "@/lib/contracts/runs";
import type { EngineDeps, OptimizeInput, Rollout } from "@/lib/gepa";
import { renderExpectations, renderInputs, renderSteps } from "@/lib/judge";
import { LlmError } from "@/lib/llm";
import type { RolloutFrame, RolloutRecord, RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import type { JobContext } from "../jobs/job-types";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { aboutText, guidanceOf } from "./guidance";
import { judgesOf, pinnedModel, targetOf } from "./run-frame";

/** What the engine may know: practice records as they were frozen at launch. */
export function inputOf(deps: ServiceDeps, run: Run): OptimizeInput {
  const { manifest } = run;
  const version = deps.repos.prompts.versionById(manifest.promptVersionId);
  if (!version) throw new Error("The starting prompt of this run does not exist.");
  const examples = new Map(
    deps.repos.snapshots
      .listForEngine(manifest.snapshotId)
      .map(({ recordId, inputs, expectations, tags }) => [
        recordId,
        { id: recordId, inputs: renderInputs(inputs), expectations: renderExpectations(expectations), tags },
      ]),
  );
  const pick = (ids: readonly string[]) => ids.flatMap((id) => examples.get(id) ?? []);
  const judges = judgesOf(deps, manifest);
  const { maxMetricCalls, seed, strategy, lanes, concurrency, reflectionExamples } = manifest;
  return {
    seedCandidate: version.components,
    trainset: pick(manifest.trainset),
    valset: pick(manifest.valset),
    maxMetricCalls,
    seed,
    strategy,
    frugal: { reflectionExamples },
    lanes,
    concurrency,
    targetScore: 1,
    floors: Object.fromEntries(
      manifest.judges.flatMap(({ floor }, index) =>
        floor === null ? [] : [[judges[index]?.snapshot.name ?? "", floor]],
      ),
    ),
    guidance: guidanceOf(descriptionOf(deps, run), version.components, judges),
  };
}

/** As it was pinned at launch, so that an edit of the About card meanwhile does not part a resumed run from its journal. */
function descriptionOf({ repos }: ServiceDeps, { manifest, projectId }: Run): string {
  if (manifest.about !== null) return manifest.about;
  const project = repos.projects.byId(projectId);
  return project === null ? "" : aboutText(project.about);
}

/** Scores candidates on the run's frozen records. */
export function evaluatorOf(
  deps: ServiceDeps,
  run: Run,
  parts: {
    rollouts: RolloutRunner;
    models: JobModels;
    context: Pick<JobContext, "whilePaused">;
    onRollout(rollout: StoredRollout): void;
  },
): EngineDeps["evaluator"] {
  const { manifest } = run;
  const target = targetOf(deps, manifest);
  const version = deps.repos.prompts.versionById(manifest.promptVersionId);
  const frame: RolloutFrame = {
    owner: { kind: "run", id: run.id },
    target,
    layout: version?.layout ?? [],
    judges: judgesOf(deps, manifest),
    models: parts.models,
    memo: target.kind === "http" || manifest.strategy === "reference" ? "here" : "anywhere",
  };
  const records = new Map<string, RolloutRecord>(
    deps.repos.snapshots.listForEngine(manifest.snapshotId).map((record) => [record.recordId, record]),
  );
  return {
    evaluate: async ({ candidateId, candidate, exampleId, sample, purpose }, signal): Promise<Rollout> => {
      const record = records.get(exampleId);
      if (!record) throw new Error(`record ${exampleId} is not in the run's snapshot`);
      await parts.context.whilePaused();
      const stored = await parts.rollouts.run(
        frame,
        { candidateId, components: candidate, record, sample, purpose },
        signal,
      );
      parts.onRollout(stored);
      if (stored.status === "failed" || stored.score === null) {
        return {
          status: "failed",
          cause: stored.cause ?? "It could not be scored.",
          answered: stored.answered,
        };
      }
      const { score, objectives, feedback, steps } = stored;
      const trajectory = steps.length > 0 ? renderSteps(steps) : null;
      return {
        status: "scored",
        score,
        objectives,
        output: stored.output ?? "",
        feedback,
        ...(trajectory ? { trajectory } : {}),
      };
    },
  };
}

/** Under this key a reflection's request and reply are kept. */
export function reflectionCallKey(callKey: string): string {
  return `reflect:${callKey}`;
}

export function reflectorOf(manifest: RunManifest, models: JobModels): EngineDeps["reflector"] {
  const model = pinnedModel(manifest, "reflection");
  return {
    reflect: async ({ callKey, prompt }, signal) => {
      try {
        const messages = [
          { role: "system", content: prompt.system },
          { role: "user", content: prompt.user },
        ] as const;
        const reply = await models.call(
          model,
          { callKey: reflectionCallKey(callKey), role: "reflection", messages, sample: 0 },
          signal,
        );
        return { status: "answered", text: reply.text, truncated: reply.finishReason === "length" };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LlmError)) throw error;
        return { status: "failed", cause: error.message };
      }
    },
  };
}

export function archiveOf(
  { repos, now }: Pick<ServiceDeps, "repos" | "now">,
  run: Run,
): EngineDeps["archive"] {
  return {
    saveProposal: ({ id, parentIds, component, candidate, summary, changes, shownExampleIds, callKeys }) => {
      repos.transaction(() => {
        repos.candidates.saveProposal({
          runId: run.id,
          proposalId: id,
          parentIds: [...parentIds],
          component,
          components: { ...candidate },
          summary,
          changes: changes.map(({ sentence, exampleIds, guidelineIds, verified }) => ({
            sentence,
            exampleIds: [...exampleIds],
            guidelineIds: [...guidelineIds],
            verified,
          })),
          shownExampleIds: [...shownExampleIds],
          callKeys: callKeys.map(reflectionCallKey),
          createdAt: now(),
        });
        repos.candidates.save({
          runId: run.id,
          candidateId: id.replace(/^p/, "c"),
          components: { ...candidate },
          proposalId: id,
          createdAt: now(),
        });
      });
    },
  };
}
