import "server-only";
import type { RecordCounts } from "@/db/repos/records.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { BulkChangeInput, BulkResult, ExportFormat, RecordSelection } from "@/lib/contracts/record-bulk";
import type {
  CreateRecordInput,
  OptimizationRecord,
  PersonalHint,
  RecordList,
  RecordListQuery,
  RecordRevision,
  SavedRecord,
  UpdateRecordInput,
} from "@/lib/contracts/records";
import { stableStringify } from "@/lib/util/hash";
import { audit } from "../audit";
import { actorId, authorize, isMember } from "../authorize";
import { blindTraceIds } from "../labels/blind";
import type { ServiceDeps } from "../service-deps";
import { changeMany, undoMany } from "./bulk";
import { exportRecords } from "./export-records";
import { gradeOrderOf, lastGradesOf } from "./last-grades";
import { findPersonalData } from "./personal-data";

/** Records: what experts write. Every edit is a revision; nothing is overwritten. */
export function createRecordsService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    list(actor: Actor, projectId: string, query: RecordListQuery): RecordList {
      authorize(actor, "project:read", projectId);
      const hidden = blindTraceIds(deps, actor, projectId);
      const order = query.sort === "grade" ? gradeOrderOf(deps, projectId, hidden) : null;
      const { items, nextCursor, total } = repos.records.list(projectId, query, order);
      const grades = lastGradesOf(deps, projectId, items, hidden);
      const rows = items.map((item) => ({ ...item, lastGrade: grades.get(item.id) ?? null }));
      return { items: rows, nextCursor, total };
    },

    get: (actor: Actor, recordId: string): OptimizationRecord => load(deps, actor, recordId),

    /** Writes a record, unassigned until it is first used for answers. */
    create: (actor: Actor, projectId: string, input: CreateRecordInput, source?: string): SavedRecord =>
      create(deps, actor, projectId, input, source ?? sourceOf(actor)),

    /**
     * Edits as a new revision onto the one that the editor saw. Throws `edit-conflict` with the current state when
     * somebody else was faster; nothing is lost then, for nothing was written.
     */
    update: (actor: Actor, recordId: string, changes: UpdateRecordInput, revision: number): SavedRecord =>
      update(deps, actor, recordId, changes, revision),

    /** Newest first. */
    revisions(actor: Actor, recordId: string): RecordRevision[] {
      load(deps, actor, recordId);
      return repos.records.revisions(recordId);
    },

    /** Brings the text, tags and mark of an earlier revision back, as a revision of its own. */
    restore(actor: Actor, recordId: string, wanted: number, revision: number): SavedRecord {
      load(deps, actor, recordId);
      const old = repos.records.revisions(recordId).find((one) => one.revision === wanted);
      if (old === undefined) {
        throw new AppError("not-found", `This record has no revision ${wanted}. Nothing was changed.`);
      }
      const { inputs, expectations, tags, critical } = old;
      return update(deps, actor, recordId, { inputs, expectations, tags, critical }, revision);
    },

    /** Tags in use, most used first. */
    tags(actor: Actor, projectId: string): { tag: string; count: number }[] {
      authorize(actor, "project:read", projectId);
      return repos.records.tags(projectId);
    },

    /** How many records there are, by set and state. */
    counts(actor: Actor, projectId: string): RecordCounts {
      authorize(actor, "project:read", projectId);
      return repos.records.counts(projectId);
    },

    /** Records as a file; imported again, nothing changes. @param select null = all that are not archived */
    exportFile: (actor: Actor, projectId: string, format: ExportFormat, select: RecordSelection | null) =>
      exportRecords(deps, actor, projectId, format, select),

    /** Tags, archives or brings back many records at once. */
    changeMany: (actor: Actor, projectId: string, input: BulkChangeInput): Promise<BulkResult> =>
      changeMany(deps, actor, projectId, input),

    /** Takes an act on many records back; what was changed since stays. */
    undoMany: (actor: Actor, projectId: string, actId: string): Promise<BulkResult> =>
      undoMany(deps, actor, projectId, actId),
  };
}

function load({ repos }: ServiceDeps, actor: Actor, recordId: string): OptimizationRecord {
  const record = repos.records.byId(recordId);
  if (record === null || !isMember(actor, record.projectId)) throw missing();
  return record;
}

function create(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: CreateRecordInput,
  source: string,
): SavedRecord {
  authorize(actor, "records:write", projectId);
  const hints = hintsOf(deps, { projectId, ...input });
  const at = deps.now();
  return deps.repos.transaction(() => {
    const id = deps.newId("rec");
    const record = deps.repos.records.insert({
      ...input,
      id,
      projectId,
      source,
      actorId: actorId(actor),
      at,
    });
    audit(deps, actor, { ...subjectOf(record), action: "record-written", details: { source } });
    return { ...record, hints };
  });
}

function update(
  deps: ServiceDeps,
  actor: Actor,
  recordId: string,
  changes: UpdateRecordInput,
  revision: number,
): SavedRecord {
  const before = load(deps, actor, recordId);
  authorize(actor, "records:write", before.projectId);
  const next = { ...before, ...defined(changes) };
  const hints = hintsOf(deps, next);
  // a repeated save, or one that changes nothing, is no new revision; it may come from an old one
  if (isSame(before, next)) return { ...before, hints };
  const result = deps.repos.transaction(() => {
    const updated = deps.repos.records.update(recordId, revision, changes, actorId(actor), deps.now());
    if (updated.status === "updated") {
      const details = { revision: updated.record.revision };
      audit(deps, actor, { ...subjectOf(updated.record), action: actOf(changes), details });
    }
    return updated;
  });
  if (result.status === "missing") throw missing();
  if (result.status === "conflict") throw editConflict(result.current);
  return { ...result.record, hints };
}

/** Personal data in a record. Throws `invalid-input` where the project blocks it. */
function hintsOf(
  { repos }: ServiceDeps,
  record: Pick<OptimizationRecord, "projectId" | "inputs" | "expectations">,
): PersonalHint[] {
  const hints = findPersonalData(record.inputs, record.expectations);
  if (hints.length === 0 || !repos.projects.byId(record.projectId)?.settings.blockPersonalData) return hints;
  throw new AppError(
    "invalid-input",
    "This looks like personal data, and this project keeps none. Take it out, then it is saved.",
    {
      errors: hints.map(({ where, found }) => ({
        path: where,
        message: `"${found}" looks like personal data`,
      })),
      extra: { hints },
    },
  );
}

function isSame(a: OptimizationRecord, b: OptimizationRecord): boolean {
  const textOf = ({ inputs, expectations, tags, critical, archived }: OptimizationRecord): string =>
    stableStringify({ inputs, expectations, tags, critical, archived });
  return textOf(a) === textOf(b);
}

function defined(changes: UpdateRecordInput): Partial<OptimizationRecord> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function actOf({ archived }: UpdateRecordInput): AuditAction {
  if (archived === undefined) return "record-edited";
  return archived ? "record-archived" : "record-unarchived";
}

/** What an act was done to; never with its text, for the audit log outlives an erasure. */
function subjectOf({ id, projectId }: OptimizationRecord) {
  return { projectId, subjectType: "record", subjectId: id };
}

function sourceOf(actor: Actor): string {
  return actor.kind === "user" ? "written" : "api";
}

function missing(): AppError {
  return new AppError("not-found", "There is no such record, or it is not in a project of yours.");
}

function editConflict(current: OptimizationRecord): AppError {
  const detail = `${current.updatedBy} changed this record while you were editing. Nothing of yours was saved over it, and nothing of either is lost: compare the two, then keep yours or take theirs.`;
  return new AppError("edit-conflict", detail, { extra: { current } });
}
