import "server-only";
import type { ImportProgress, RecordImport } from "@/db/repos/imports.repo";
import type { NewRecord } from "@/db/repos/records.repo";
import type { Actor } from "@/lib/contracts/permissions";
import type { ImportLine, ImportResult } from "@/lib/contracts/record-imports";
import { audit } from "../audit";
import type { JobContext } from "../jobs/job-types";
import { JobPause } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import { BEFORE_ALL, listRejected, readPlan, toBadLine } from "./import-plan";
import { planBatches } from "./plan-batches";
import { type LinePlan, toImportLine } from "./plan-import";
import { readImport } from "./read-import";
import { rejectedFileOf } from "./rejected-file";

type Written = Extract<LinePlan, { outcome: "new" | "changed" }>;

/**
 * Does a confirmed import: writes its lines in small transactions, new records out of sight, and shows them all at
 * once at the end. After a kill it plans from the first line again, writes nothing twice, and goes on where it was.
 */
export function createImportJob(deps: ServiceDeps): (context: JobContext) => Promise<void> {
  return async (context) => {
    const started = deps.repos.imports.byId(context.job.subjectId);
    if (!started) throw new Error("The import of this job does not exist.");
    const { format, roles } = readPlan(started.plan);
    const read = await readImport(started.source, format, roles);
    const total = read.candidates.length;
    const rejected: ImportLine[] = read.bad.map(toBadLine);
    let at = 0;
    let progress = started.progress ?? BEFORE_ALL;
    const skip = progress.cursor;
    for await (const batch of planBatches(deps, started.projectId, read.candidates, started.id)) {
      await context.whilePaused();
      context.signal.throwIfAborted();
      rejected.push(...batch.filter(({ outcome }) => outcome === "invalid").map(toImportLine));
      const fresh = batch.slice(Math.max(0, skip - at));
      at += batch.length;
      if (fresh.length > 0) progress = writeBatch(deps, started, fresh, { ...progress, cursor: at });
      context.setProgress({ stage: "writing", done: at, total });
    }
    const { cursor: _cursor, ...counts } = progress;
    await finish(
      deps,
      started,
      { ...counts, invalid: rejected.length, rejected: listRejected(rejected) },
      rejected,
    );
  };
}

function writeBatch(
  deps: ServiceDeps,
  { id, projectId, createdBy }: RecordImport,
  batch: readonly LinePlan[],
  before: ImportProgress,
): ImportProgress {
  const { repos } = deps;
  return repos.transaction(() => {
    const progress = { ...before };
    const waiting: NewRecord[] = [];
    const flush = (): void => repos.records.insertMany(waiting.splice(0));
    for (const plan of batch) {
      if (plan.outcome === "duplicate") progress.skipped += 1;
      else if (plan.outcome === "new") {
        waiting.push(newRecord(deps, plan, { id, projectId, createdBy }));
        progress.created += 1;
      } else if (plan.outcome === "changed") {
        flush();
        change(deps, plan, { id, projectId, createdBy });
        progress.updated += 1;
      }
    }
    flush();
    repos.imports.noteProgress(id, progress, deps.now());
    return progress;
  });
}

type Owner = Pick<RecordImport, "id" | "projectId" | "createdBy">;

/** The target gets its id, so that a later line of the same question finds it. */
function newRecord(deps: ServiceDeps, { target, content }: Written, owner: Owner): NewRecord {
  const id = deps.newId("rec");
  const at = deps.now();
  target.id = id;
  target.revision = 1;
  const { inputs } = target;
  const { projectId, createdBy: actorId } = owner;
  return { id, projectId, inputs, ...content, source: "import", actorId, at, stagedBy: owner.id };
}

function change(deps: ServiceDeps, { target, content, candidate }: Written, owner: Owner): void {
  const changes = target.isStaged ? content : { ...content, archived: false };
  const { createdBy, projectId } = owner;
  const updated = deps.repos.records.update(target.id ?? "", target.revision, changes, createdBy, deps.now());
  if (updated.status !== "updated") {
    throw new JobPause(
      "A record was changed while the import was at work. What was imported so far is kept; go on to import the rest.",
    );
  }
  target.revision = updated.record.revision;
  if (target.isStaged) return;
  const details = { line: candidate.line, importId: owner.id };
  const act = { projectId, action: "record-changed-by-import" as const, subjectType: "record", details };
  audit(deps, importer(deps, createdBy), { ...act, subjectId: updated.record.id });
}

async function finish(
  deps: ServiceDeps,
  started: RecordImport,
  result: ImportResult,
  rejected: readonly ImportLine[],
): Promise<void> {
  const { repos } = deps;
  const { id, projectId, createdBy, source, plan } = started;
  const file = await rejectedFileOf(
    source,
    readPlan(plan).format,
    [...rejected].sort((a, b) => a.line - b.line),
  );
  repos.transaction(() => {
    repos.records.publish(id);
    repos.imports.update(id, { result: { ...result }, source: rejected.length === 0 ? "" : file.text });
    repos.imports.markApplied(id, deps.now());
    const { created, updated, skipped, invalid } = result;
    const details = { created, updated, skipped, invalid };
    audit(deps, importer(deps, createdBy), {
      projectId,
      action: "records-imported",
      subjectType: "import",
      subjectId: id,
      details,
    });
  });
}

/** Who confirmed it, for the audit log: a person, a key or the server itself. */
function importer({ repos }: Pick<ServiceDeps, "repos">, createdBy: string): Actor {
  const person = repos.users.byIds([createdBy])[0];
  if (person) return { kind: "user", userId: person.id, name: person.name, isServerAdmin: false, roles: {} };
  return { kind: "system", name: createdBy };
}
