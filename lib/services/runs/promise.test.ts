import { describe, expect, it } from "vitest";
import { startRunInput } from "@/lib/contracts/runs";
import { align, type JudgeModel, renderExpectations, renderInputs } from "@/lib/judge";
import { createPoolExecutor } from "@/lib/rollouts/pool-executor";
import { createRolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { mapLimit } from "@/lib/util/map-limit";
import { mean } from "@/lib/util/math";
import { clinicFixture } from "../sample/clinic-fixture";
import { footballSample } from "../sample/football-sample";
import type { LabelledSampleContent, SampleProjectContent } from "../sample/sample-types";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";
import { judgeSnapshotOf, judgesOf, targetOf } from "./run-frame";

const SEEDS = 10;
const BUDGET = 75;
const { signal } = new AbortController();

interface Outcome {
  seed: string;
  before: number;
  after: number;
  metricCalls: number;
}

describe("product.md, the promise: with 75 scored answers the recommended prompt beats the starting prompt on sealed records", () => {
  it.each([
    {
      name: "football, with a taught judge",
      content: footballSample,
      sealed: footballSample.suggestedSealedKeys,
    },
    {
      name: "clinic, with its judge as written",
      content: clinicFixture,
      // By place, not by chance: a split that hangs on a new project's id would make this a lottery.
      sealed: clinicFixture.records.filter((_, index) => index % 10 < 3).map(({ key }) => key),
    },
  ])(
    "$name: in at least 9 of 10 simulated worlds",
    async ({ content, sealed }) => {
      const outcomes: Outcome[] = [];
      for (let seed = 1; seed <= SEEDS; seed++)
        outcomes.push(await runInWorld(`world-${seed}`, content, sealed));
      const figures = outcomes.map(({ before, after }) => `${before.toFixed(2)} to ${after.toFixed(2)}`);
      expect(outcomes.every(({ metricCalls }) => metricCalls <= BUDGET)).toBe(true);
      const better = outcomes.filter(({ before, after }) => after > before).length;
      expect(better, figures.join(", ")).toBeGreaterThanOrEqual(9);
    },
    600_000,
  );
});

async function runInWorld(
  sandboxSeed: string,
  content: SampleProjectContent,
  sealedKeys: readonly string[] | null,
): Promise<Outcome> {
  const server = createTestServices({}, { sandboxSeed });
  try {
    const seeded = server.seed(content);
    if (sealedKeys !== null) seal(server, seeded, sealedKeys);
    const judgeVersionId =
      "labels" in content
        ? await teach(server, seeded, content as LabelledSampleContent)
        : seeded.judgeVersionId;
    const input = startRunInput.parse({
      promptVersionId: seeded.version?.id,
      judges: [{ judgeVersionId, weight: 1 }],
      maxMetricCalls: BUDGET,
    });
    const { id } = server.services.runs.start(server.actor, seeded.project.id, input);
    await server.idle();
    const run = server.services.runs.get(server.actor, id);
    const { ended } = run.view;
    if (!ended) throw new Error(`the run did not end: ${run.cause}`);
    const [before, after] = await scoreSealed(server, seeded, id, ended.recommendedCandidateId);
    return { seed: sandboxSeed, before, after, metricCalls: run.view.metricCalls };
  } finally {
    await server.close();
  }
}

function seal({ deps }: TestServices, { recordIds }: SeededProject, sealedKeys: readonly string[]): void {
  const sealed = new Set(sealedKeys);
  deps.repos.records.assignSets(
    [...recordIds].map(([key, recordId]) => ({
      recordId,
      set: sealed.has(key) ? ("sealed" as const) : ("practice" as const),
    })),
  );
}

/** Teaches the judge with the sample's labels, as the alignment does. */
async function teach(
  { deps }: TestServices,
  seeded: SeededProject,
  content: LabelledSampleContent,
): Promise<string> {
  const { repos } = deps;
  const base = judgeSnapshotOf(deps, seeded.judgeVersionId);
  const records = new Map(content.records.map((record) => [record.key, record]));
  const outputs = new Map(content.answers.map(({ recordKey, output }) => [recordKey, output]));
  const ref = seeded.project.models.judge;
  const model: JudgeModel = {
    ask: async ({ messages, schema }) => {
      const account = deps.models.forProject(seeded.project.id, "try-question");
      const request = { callKey: "one", role: "judge" as const, messages, sample: 0, schema };
      return { status: "answered", text: (await account.call(ref, request, signal)).text };
    },
  };
  const labels = content.labels.map(({ recordKey, expert, grade, reason }, index) => {
    const record = records.get(recordKey);
    if (!record) throw new Error(`no record ${recordKey}`);
    return {
      labelId: `lbl_${index}`,
      traceId: `trc_${recordKey}`,
      recordId: seeded.recordIds.get(recordKey) ?? "",
      expertId: expert,
      value: grade,
      reason,
      inputs: renderInputs(record.inputs),
      outputs: outputs.get(recordKey) ?? "",
      expectations: renderExpectations(record.expectations),
      tags: record.tags,
    };
  });
  const { guidelines, episodes } = await align(
    { base, labels, guidelinesKept: [] },
    { model, embeddings: null },
    signal,
  );
  const version = repos.judges.versionById(seeded.judgeVersionId);
  if (!version) throw new Error("the judge has no version");
  const {
    createdAt: _at,
    createdBy: _by,
    createdById: _byId,
    episodeCount: _count,
    version: _number,
    ...facts
  } = version;
  const taught = repos.judges.addVersion({
    ...facts,
    id: deps.newId("jdv"),
    origin: "aligned",
    parentVersionId: version.id,
    guidelines: guidelines.map((one) => ({
      ...one,
      sourceLabelIds: [...one.sourceLabelIds],
      conflictsWith: [...one.conflictsWith],
    })),
    episodes: episodes.map((one) => ({ ...one, vector: null })),
    actorId: "system",
    at: deps.now(),
  });
  return taught.id;
}

/** Means of both prompts over the sealed records, judged as in the run. */
async function scoreSealed(
  { deps }: TestServices,
  { project }: SeededProject,
  runId: string,
  candidateId: string,
): Promise<[number, number]> {
  const { repos } = deps;
  const run = repos.runs.byId(runId);
  if (!run) throw new Error("the run is gone");
  const runner = createRolloutRunner(deps, createPoolExecutor({ fetch }));
  const frame = {
    owner: { kind: "evidence" as const, id: deps.newId("evd") },
    target: targetOf(deps, run.manifest),
    layout: ["system"],
    judges: judgesOf(deps, run.manifest),
    models: deps.models.forJob(run.jobId),
    memo: "anywhere" as const,
  };
  const sealed = repos.records.listSealed(project.id);
  const meanOf = async (side: string, id: string): Promise<number> => {
    const { components } = repos.candidates.byId(runId, id) ?? { components: {} };
    const rows = await mapLimit(sealed, 16, ({ id: recordId, inputs, expectations }) =>
      runner.run(
        frame,
        {
          candidateId: side,
          components,
          record: { recordId, inputs, expectations },
          sample: 0,
          purpose: "final",
        },
        signal,
      ),
    );
    return mean(rows.flatMap(({ score }) => score ?? []));
  };
  return [await meanOf("baseline", "c0"), await meanOf("candidate", candidateId)];
}
