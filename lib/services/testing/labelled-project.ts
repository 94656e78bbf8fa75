import { clinicFixture } from "../sample/clinic-fixture";
import type { SampleProjectContent } from "../sample/sample-types";
import type { TestServices } from "./test-services";

/** One record with its answer and what an expert said of it. */
export interface LabelledAnswer {
  question: string;
  /** What a good answer does; empty for a record that does not say. */
  expected?: string;
  mustMention?: string[];
  answer: string;
  /** Null: nobody graded it. */
  value: number | boolean | string | null;
  reason?: string;
  authorId?: string;
}

export interface LabelledProject {
  projectId: string;
  judgeId: string;
  judgeVersionId: string;
  recordIds: string[];
  traceIds: string[];
  labelIds: string[];
}

/** A project of practice records, each with a recorded answer and a teaching label, under the clinic's judge (1 to 5). */
export function seedLabelled(server: TestServices, rows: readonly LabelledAnswer[]): LabelledProject {
  const content: SampleProjectContent = {
    ...clinicFixture,
    records: rows.map((row, index) => ({
      key: String(index),
      tags: [],
      critical: false,
      inputs: { messages: [{ role: "user", content: row.question }], fields: {} },
      expectations: { expected_response: row.expected ?? "", facts: row.mustMention ?? [], mustNever: [] },
    })),
  };
  const seeded = server.seed(content);
  const { repos } = server.deps;
  const recordIds = rows.map((_, index) => seeded.recordIds.get(String(index)) ?? "");
  repos.records.assignSets(recordIds.map((recordId) => ({ recordId, set: "practice" as const })));
  const traceIds = rows.map((row, index) => addTrace(server, seeded.project.id, recordIds[index] ?? "", row));
  const labelIds = rows.flatMap((row, index) => {
    if (row.value === null) return [];
    return addLabel(server, seeded, recordIds[index] ?? "", traceIds[index] ?? "", {
      value: row.value,
      reason: row.reason ?? "",
      authorId: row.authorId ?? server.actor.userId,
    });
  });
  const { judgeId, judgeVersionId } = seeded;
  return { projectId: seeded.project.id, judgeId, judgeVersionId, recordIds, traceIds, labelIds };
}

function addTrace(
  { deps: { repos, newId } }: TestServices,
  projectId: string,
  recordId: string,
  { question, answer }: LabelledAnswer,
): string {
  const id = newId("trc");
  repos.traces.insert({
    id,
    projectId,
    recordId,
    recordRevision: 1,
    evaluationId: null,
    promptVersionId: null,
    targetVersionId: null,
    state: "OK",
    question,
    output: answer,
    cause: null,
    steps: [],
    provenance: "test",
    outputKey: null,
    simulated: true,
    latencyMs: null,
    costUsd: null,
    createdAt: 1,
  });
  return id;
}

function addLabel(
  { deps: { repos, newId } }: TestServices,
  seeded: { project: { id: string }; judgeId: string; judgeVersionId: string },
  recordId: string,
  traceId: string,
  label: { value: number | boolean | string; reason: string; authorId: string },
): string {
  const id = newId("lab");
  repos.labels.commit({
    id,
    projectId: seeded.project.id,
    traceId,
    recordId,
    judgeId: seeded.judgeId,
    judgeVersionId: seeded.judgeVersionId,
    betterAnswer: null,
    flagged: false,
    purpose: "teaching",
    queueId: null,
    createdAt: 1,
    ...label,
  });
  return id;
}
