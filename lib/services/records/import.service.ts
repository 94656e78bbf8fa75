import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportEntry, RecordImport } from "@/db/repos/imports.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type {
  ColumnRole,
  ImportColumn,
  ImportLine,
  ImportPreview,
  ImportState,
} from "@/lib/contracts/record-imports";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { decodeUpload } from "./decode-upload";
import { BEFORE_ALL, readPlan, resultOf, toBadLine } from "./import-plan";
import { planBatches } from "./plan-batches";
import { toImportLine } from "./plan-import";
import { type ReadImport, readImport } from "./read-import";
import { type RejectedFile, rejectedFileOf } from "./rejected-file";

/** A preview may be confirmed for so long. */
const KEPT_MS = 3_600_000;
/** Lines that are fine and shown in a preview. */
const SHOWN_GOOD_LINES = 100;
/** Lines with a fault or a notice that are shown. */
const SHOWN_ODD_LINES = 500;
const DISCARDED_A_WRITE = 200;

const NO_CAPS = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };

const importActions = ["pause", "resume", "cancel"] as const;

/** Records from files, in two phases: what would happen line by line, then, when confirmed, a job that does it. */
export function createImportService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    /** Reads a file and says what each line would do. Changes nothing; the preview can be confirmed for an hour. */
    async preview(actor: Actor, projectId: string, bytes: Uint8Array): Promise<ImportPreview> {
      authorize(actor, "records:write", projectId);
      const source = decodeUpload(bytes);
      const read = await readImport(source);
      repos.imports.forgetOld(deps.now() - KEPT_MS);
      const id = deps.newId("imp");
      const plan = { format: read.format, roles: null, total: read.candidates.length };
      repos.imports.insert({ id, projectId, plan, source, createdBy: actorId(actor), createdAt: deps.now() });
      return previewOf(deps, projectId, id, read);
    },

    /** The preview anew, with what a person has said of the columns. */
    chooseColumns: (
      actor: Actor,
      projectId: string,
      importId: string,
      columns: readonly Pick<ImportColumn, "name" | "role">[],
    ): Promise<ImportPreview> => chooseColumns(deps, openImport(deps, actor, projectId, importId), columns),

    /** Starts to write the good lines, and returns at once. Asked again it answers where the import stands. */
    commit(actor: Actor, projectId: string, importId: string): ImportState {
      authorize(actor, "records:write", projectId);
      const kept = findEntry(deps, projectId, importId);
      if (kept.jobId === null) {
        openImport(deps, actor, projectId, importId);
        enqueue(deps, actor, kept);
      } else if (repos.jobs.byId(kept.jobId)?.state === "failed") enqueue(deps, actor, kept);
      return stateOf(deps, findEntry(deps, projectId, importId));
    },

    /** Where a confirmed import stands. */
    state(actor: Actor, projectId: string, importId: string): ImportState {
      authorize(actor, "records:write", projectId);
      return stateOf(deps, findEntry(deps, projectId, importId));
    },

    /** The newest import that is not over, so that a page that is loaded anew shows how far it is; null = none. */
    open(actor: Actor, projectId: string): ImportState | null {
      authorize(actor, "records:write", projectId);
      const [kept] = repos.imports.listOpen(projectId);
      return kept ? stateOf(deps, kept) : null;
    },

    /** Pauses, resumes or cancels. Cancelled before it is over, none of its new records is ever shown. */
    async control(actor: Actor, projectId: string, importId: string, action: string): Promise<ImportState> {
      authorize(actor, "records:write", projectId);
      const kept = findEntry(deps, projectId, importId);
      await control(deps, actor, kept, action);
      return stateOf(deps, findEntry(deps, projectId, importId));
    },

    /** The lines that were left out, with the reasons, as a file. */
    async rejected(actor: Actor, projectId: string, importId: string): Promise<RejectedFile> {
      authorize(actor, "records:write", projectId);
      const kept = findImport(deps, projectId, importId);
      const { format, roles } = readPlan(kept.plan);
      if (kept.appliedAt !== null) return { ...(await rejectedFileOf("", format, [])), text: kept.source };
      const read = await readImport(kept.source, format, roles);
      const lines = read.bad.map(toBadLine);
      for await (const batch of planBatches(deps, projectId, read.candidates, importId))
        lines.push(...batch.filter(({ outcome }) => outcome === "invalid").map(toImportLine));
      return rejectedFileOf(kept.source, format, lines);
    },
  };
}

async function chooseColumns(
  deps: ServiceDeps,
  { id, projectId, source, plan }: RecordImport,
  columns: readonly Pick<ImportColumn, "name" | "role">[],
): Promise<ImportPreview> {
  const { format } = readPlan(plan);
  const { columns: there } = await readImport(source, format);
  const roles = (there ?? []).map(
    ({ name }, index): ColumnRole => (columns[index]?.name === name ? columns[index].role : "leave-out"),
  );
  const read = await readImport(source, format, roles);
  deps.repos.imports.update(id, { plan: { format, roles, total: read.candidates.length } });
  return previewOf(deps, projectId, id, read);
}

async function previewOf(
  deps: ServiceDeps,
  projectId: string,
  importId: string,
  read: ReadImport,
): Promise<ImportPreview> {
  const counts = { new: 0, changed: 0, duplicate: 0, invalid: read.bad.length };
  const odd: ImportLine[] = read.bad.map(toBadLine);
  const good: ImportLine[] = [];
  let notices = 0;
  for await (const batch of planBatches(deps, projectId, read.candidates, null)) {
    for (const plan of batch) {
      const line = toImportLine(plan);
      counts[plan.outcome] += 1;
      if (line.notice !== null) notices += 1;
      if (line.notice !== null || line.problem !== null) odd.push(line);
      else if (good.length < SHOWN_GOOD_LINES) good.push(line);
    }
  }
  odd.sort((a, b) => Number(a.problem === null) - Number(b.problem === null) || a.line - b.line);
  const lines = [...odd.slice(0, SHOWN_ODD_LINES), ...good].sort((a, b) => a.line - b.line);
  const { format, columns, needsColumns } = read;
  return { importId, format, columns, needsColumns, counts, notices, lines };
}

function findImport({ repos }: ServiceDeps, projectId: string, importId: string): RecordImport {
  const kept = repos.imports.byId(importId);
  if (kept?.projectId === projectId) return kept;
  throw gone();
}

function findEntry({ repos }: ServiceDeps, projectId: string, importId: string): ImportEntry {
  const kept = repos.imports.entryById(importId);
  if (kept?.projectId === projectId) return kept;
  throw gone();
}

/** A preview that can still be confirmed. */
function openImport(deps: ServiceDeps, actor: Actor, projectId: string, importId: string): RecordImport {
  authorize(actor, "records:write", projectId);
  const kept = findImport(deps, projectId, importId);
  if (kept.jobId !== null)
    throw new AppError(
      "conflict",
      "This import was confirmed already. Its columns cannot be changed any more.",
    );
  if (kept.source === "" || deps.now() - kept.createdAt > KEPT_MS) throw gone();
  return kept;
}

function gone(): AppError {
  const detail =
    "This preview is gone: previews are kept for an hour. Nothing was imported. Choose the file again.";
  return new AppError("not-found", detail);
}

function enqueue({ repos, jobs, newId, now }: ServiceDeps, actor: Actor, kept: ImportEntry): void {
  const jobId = newId("job");
  const { total } = readPlan(kept.plan);
  repos.transaction(() => {
    repos.jobs.enqueue({
      id: jobId,
      kind: "import",
      projectId: kept.projectId,
      subjectId: kept.id,
      caps: NO_CAPS,
      total,
      actorId: actorId(actor),
      at: now(),
    });
    repos.imports.update(kept.id, { jobId });
  });
  jobs.wake();
}

function stateOf({ repos }: ServiceDeps, kept: ImportEntry): ImportState {
  const job = kept.jobId === null ? null : repos.jobs.byId(kept.jobId);
  const { total } = readPlan(kept.plan);
  return {
    importId: kept.id,
    jobId: kept.jobId,
    // applied and told in one transaction; the job's own row follows a moment later
    state: kept.appliedAt === null ? (job?.state ?? "queued") : "done",
    done: kept.appliedAt === null ? (kept.progress ?? BEFORE_ALL).cursor : total,
    total,
    cause: job?.cause ?? null,
    result: resultOf(kept),
  };
}

async function control(deps: ServiceDeps, actor: Actor, kept: ImportEntry, action: string): Promise<void> {
  const { repos, jobs } = deps;
  if (!importActions.some((one) => one === action))
    throw new AppError("not-found", `An import can be paused, resumed or cancelled, not "${action}".`);
  const job = kept.jobId === null ? null : repos.jobs.byId(kept.jobId);
  if (!job || kept.appliedAt !== null || ["done", "failed", "cancelled"].includes(job.state))
    throw new AppError("run-not-active", "This import is not at work; what it has written is kept.");
  if (action === "pause") jobs.pause(job.id, `Paused by ${actor.name}.`);
  else if (action === "resume") jobs.resume(job.id);
  else {
    await jobs.cancel(job.id, `Cancelled by ${actor.name}.`);
    while (repos.records.discardStaged(kept.id, DISCARDED_A_WRITE) > 0) await nextTurn();
    if (repos.imports.entryById(kept.id)?.appliedAt === null) repos.imports.update(kept.id, { source: "" });
  }
}
