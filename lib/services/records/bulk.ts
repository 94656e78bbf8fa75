import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inBatches } from "@/db/repos/common";
import type { ActChange } from "@/db/repos/record-acts.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import {
  type BulkAct,
  type BulkChangeInput,
  type BulkResult,
  bulkActSchema,
  type RecordSelection,
} from "@/lib/contracts/record-bulk";
import type { OptimizationRecord, UpdateRecordInput } from "@/lib/contracts/records";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/** Records a transaction: between two of them others are served. */
const RECORDS_A_WRITE = 200;
const MAX_TAGS = 30;

/** Ids of the records that a selection means, in the order of its list. */
export function selectedIds({ repos }: ServiceDeps, projectId: string, select: RecordSelection): string[] {
  if ("ids" in select) return [...new Set(select.ids)];
  const left = new Set(select.except);
  const query = { ...select.filter, limit: 1 };
  return repos.records.listIds(projectId, query).filter((id) => !left.has(id));
}

/** Does one thing to many records, each as a revision of its own; the act can be taken back as a whole. */
export async function changeMany(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  { select, act }: BulkChangeInput,
): Promise<BulkResult> {
  authorize(actor, "records:write", projectId);
  const changed: ActChange[] = [];
  const result = { changed: 0, unchanged: 0, full: 0 };
  await eachRecord(deps, projectId, selectedIds(deps, projectId, select), (record) => {
    const changes = changesOf(record, act);
    if (changes === "full") result.full += 1;
    else if (changes === null) result.unchanged += 1;
    else changed.push(write(deps, actor, record, changes));
  });
  result.changed = changed.length;
  if (changed.length === 0) return { actId: null, ...result };
  const actId = deps.newId("act");
  const by = actorId(actor);
  const stored = { ...act, archived: act.archived ?? null };
  deps.repos.transaction(() => {
    deps.repos.recordActs.insert({
      id: actId,
      projectId,
      act: stored,
      changed,
      createdBy: by,
      createdAt: deps.now(),
    });
    const details = { ...stored, changed: changed.length };
    audit(deps, actor, {
      projectId,
      action: "records-changed",
      subjectType: "record-act",
      subjectId: actId,
      details,
    });
  });
  return { actId, ...result };
}

/** Takes an act on many records back. What somebody has changed since stays as it is, and is counted. */
export async function undoMany(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  actId: string,
): Promise<BulkResult> {
  authorize(actor, "records:write", projectId);
  const { repos } = deps;
  const done = repos.recordActs.byId(actId);
  if (done === null || done.projectId !== projectId)
    throw new AppError("not-found", "There is no such act in this project. Nothing was changed.");
  if (!repos.recordActs.markUndone(actId, deps.now()))
    throw new AppError("conflict", "This has been taken back already. Nothing was changed.");
  const act = bulkActSchema.parse(withoutNull(done.act as Record<string, unknown>));
  const before = new Map(done.changed.map(([id, from, to]) => [id, { from, to }]));
  const result = { changed: 0, unchanged: 0, full: 0 };
  await eachRecord(deps, projectId, [...before.keys()], (record) => {
    const known = before.get(record.id);
    const old = known && repos.records.revisions(record.id).find(({ revision }) => revision === known.from);
    if (!known || !old || record.revision !== known.to) {
      result.unchanged += 1;
      return;
    }
    write(deps, actor, record, {
      tags: old.tags,
      ...(act.archived === undefined ? {} : { archived: !act.archived }),
    });
    result.changed += 1;
  });
  const details = { changed: result.changed, left: result.unchanged };
  audit(deps, actor, {
    projectId,
    action: "records-change-undone",
    subjectType: "record-act",
    subjectId: actId,
    details,
  });
  return { actId: null, ...result };
}

async function eachRecord(
  { repos }: ServiceDeps,
  projectId: string,
  ids: readonly string[],
  visit: (record: OptimizationRecord) => void,
): Promise<void> {
  for (const batch of inBatches(ids, RECORDS_A_WRITE)) {
    repos.transaction(() => {
      for (const record of repos.records.byIds(batch)) if (record.projectId === projectId) visit(record);
    });
    await nextTurn();
  }
}

/** Null when the record is so already, "full" when it has no room for another tag. */
function changesOf(record: OptimizationRecord, act: BulkAct): UpdateRecordInput | null | "full" {
  const gone = new Set(act.removeTags);
  const kept = record.tags.filter((tag) => !gone.has(tag));
  const tags = [...new Set([...kept, ...act.addTags])];
  if (tags.length > MAX_TAGS) return "full";
  const hasNewTags = tags.length !== record.tags.length || tags.some((tag, at) => tag !== record.tags[at]);
  const isMoved = act.archived !== undefined && act.archived !== record.archived;
  if (!hasNewTags && !isMoved) return null;
  return { ...(hasNewTags ? { tags } : {}), ...(isMoved ? { archived: act.archived } : {}) };
}

function write(
  deps: ServiceDeps,
  actor: Actor,
  record: OptimizationRecord,
  changes: UpdateRecordInput,
): ActChange {
  const updated = deps.repos.records.update(record.id, record.revision, changes, actorId(actor), deps.now());
  if (updated.status !== "updated") throw new Error(`record ${record.id} changed inside its own transaction`);
  return [record.id, record.revision, updated.record.revision];
}

function withoutNull(stored: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== null));
}
