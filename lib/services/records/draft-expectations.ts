import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { DraftBasis, DraftedExpectations } from "@/lib/contracts/record-drafts";
import { type Expectations, expectationsSchema, type OptimizationRecord } from "@/lib/contracts/records";
import { parseJsonObject } from "@/lib/judge/parse";
import { formatValue } from "@/lib/judge/scale";
import { audit } from "../audit";
import { actorId, authorize, isMember } from "../authorize";
import type { JobContext } from "../jobs/job-types";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { DRAFT_SCHEMA, type DraftMaterial, draftMessages } from "./draft-prompt";

const NO_CAPS = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
const NEVER_ABORTED = new AbortController().signal;

/** Drafts what a good answer does from labels and comments. A draft changes nothing: an expert confirms it or not. */
export function createDraftsService(deps: ServiceDeps) {
  const { repos, jobs } = deps;
  return {
    /** What a draft would rest on, and where it would be sent. */
    basis(actor: Actor, recordId: string): DraftBasis {
      const record = find(deps, actor, recordId);
      return basisOf(deps, materialOf(deps, record));
    },

    /** Asks the model for a draft. Its reply is kept with the job, and not bought again while that is known. */
    async draft(actor: Actor, recordId: string): Promise<DraftedExpectations> {
      const record = find(deps, actor, recordId);
      authorize(actor, "records:write", record.projectId);
      const material = materialOf(deps, record);
      const basis = basisOf(deps, material);
      if (basis.labels + basis.betterAnswers + basis.notes === 0)
        throw new AppError(
          "not-ready",
          "Nobody has said anything about answers to this record yet. Label one with a reason first.",
        );
      const jobId = enqueue(deps, actor, record);
      jobs.wake();
      await jobs.finished(jobId);
      const job = repos.jobs.byId(jobId);
      if (job?.state !== "done")
        throw new AppError(
          "connection-failed",
          `No draft was made: ${job?.cause ?? "it has not begun"} The record is as it was; try again.`,
        );
      const expectations = await ask(deps, deps.models.forJob(jobId), record, material, NEVER_ABORTED);
      return { expectations, basis, simulated: refOf(deps, record.projectId).kind !== "real" };
    },
  };
}

/** The one call of a draft, so that its reply is committed before anybody sees it. */
export function createDraftJob(deps: ServiceDeps): (context: JobContext) => Promise<void> {
  return async ({ job, signal }) => {
    const record = deps.repos.records.byId(job.subjectId);
    if (!record) throw new Error("The record of this draft does not exist.");
    await ask(deps, deps.models.forJob(job.id), record, materialOf(deps, record), signal);
  };
}

async function ask(
  deps: ServiceDeps,
  models: JobModels,
  record: OptimizationRecord,
  material: DraftMaterial,
  signal: AbortSignal,
): Promise<Expectations> {
  const { ref } = refOf(deps, record.projectId);
  const request = { callKey: "draft", role: "reflection" as const, sample: 0, schema: DRAFT_SCHEMA };
  const reply = await models.call(ref, { ...request, messages: draftMessages(material) }, signal);
  const parsed = parseJsonObject(reply.text);
  const read = parsed.ok ? expectationsSchema.safeParse({ v: 1, ...parsed.value }) : null;
  if (read?.success) return trimmed(read.data);
  throw new Error("The model's reply was no draft that could be read.");
}

function trimmed({ expected_response, facts, mustNever }: Expectations): Expectations {
  const clean = (list: readonly string[]) =>
    [...new Set(list.map((text) => text.trim()))].filter((text) => text !== "");
  return {
    v: 1,
    expected_response: expected_response.trim(),
    facts: clean(facts),
    mustNever: clean(mustNever),
  };
}

function find({ repos }: ServiceDeps, actor: Actor, recordId: string): OptimizationRecord {
  const record = repos.records.byId(recordId);
  if (record && isMember(actor, record.projectId)) return record;
  throw new AppError("not-found", "There is no such record, or it is not in a project of yours.");
}

function materialOf({ repos }: ServiceDeps, record: OptimizationRecord): DraftMaterial {
  const judges = new Map(repos.judges.list(record.projectId).map((judge) => [judge.id, judge]));
  const labels = repos.labels.list(record.projectId, { recordId: record.id });
  const remarks = labels
    .filter(({ reason }) => reason.trim() !== "")
    .map(({ judgeId, value, reason }) => {
      const judge = judges.get(judgeId);
      return { grade: judge ? formatValue(judge.scale, value) : String(value), reason };
    });
  const traceIds = [...new Set(labels.map(({ traceId }) => traceId))];
  const notes = [...judges.keys()].flatMap((judgeId) => repos.settlements.notes(judgeId, traceIds));
  return {
    record,
    remarks,
    betterAnswers: labels.flatMap(({ betterAnswer }) => betterAnswer ?? []),
    notes: notes.map(({ text }) => text),
  };
}

function basisOf(deps: ServiceDeps, { record, remarks, betterAnswers, notes }: DraftMaterial): DraftBasis {
  const { kind, baseUrl } = refOf(deps, record.projectId);
  return {
    labels: remarks.length,
    betterAnswers: betterAnswers.length,
    notes: notes.length,
    host: kind === "real" && URL.canParse(baseUrl) ? new URL(baseUrl).host : null,
  };
}

/** The model that writes: the one that also suggests edits. */
function refOf({ repos }: ServiceDeps, projectId: string) {
  const ref = repos.projects.byId(projectId)?.models.reflection;
  const connection = ref ? repos.connections.byId(ref.connectionId) : null;
  if (!ref || !connection)
    throw new AppError(
      "no-connection",
      "The connection of the model that writes is gone. Choose another one under Settings.",
    );
  return { ref, kind: connection.kind, baseUrl: connection.baseUrl };
}

function enqueue(deps: ServiceDeps, actor: Actor, { id, projectId }: OptimizationRecord): string {
  const { repos, newId, now } = deps;
  const jobId = newId("job");
  repos.transaction(() => {
    const who = { actorId: actorId(actor), at: now() };
    repos.jobs.enqueue({
      id: jobId,
      kind: "draft",
      projectId,
      subjectId: id,
      caps: NO_CAPS,
      total: 1,
      ...who,
    });
    audit(deps, actor, { projectId, action: "expectation-drafted", subjectType: "record", subjectId: id });
  });
  return jobId;
}
