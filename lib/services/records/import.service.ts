import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inputsHash } from "@/db/repos/record-text";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { ImportLine, ImportPreview, ImportResult } from "@/lib/contracts/records";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { decodeUpload } from "./decode-upload";
import type { BadLine, ImportCandidate } from "./import-line";
import { type KnownRecord, type LinePlan, planLine, toImportLine } from "./plan-import";
import { type ReadImport, readImport } from "./read-import";

/** A preview may be confirmed for so long. */
const KEPT_MS = 3_600_000;
/** Bytes of previews that are kept at once; beyond, the oldest is forgotten. */
const MAX_KEPT_BYTES = 150_000_000;
/** Lines a transaction: between two of them others are served. */
const LINES_A_WRITE = 250;
/** Lines that are fine and shown in a preview; those with a notice or a fault are all shown. */
const SHOWN_GOOD_LINES = 100;

interface KeptImport extends ReadImport {
  projectId: string;
  bytes: number;
  madeAt: number;
  /** Set when it was confirmed: asking again answers the same. */
  result: Promise<ImportResult> | null;
}

/** Records from files, in two phases: what would happen line by line, then, when confirmed, that. */
export function createImportService(deps: ServiceDeps) {
  const kept = new Map<string, KeptImport>();

  return {
    /** Reads a file and says what each line would do. Changes nothing; the preview can be confirmed for an hour. */
    async preview(actor: Actor, projectId: string, bytes: Uint8Array): Promise<ImportPreview> {
      authorize(actor, "records:write", projectId);
      const read = await readImport(decodeUpload(bytes));
      const counts = { new: 0, changed: 0, duplicate: 0, invalid: read.bad.length };
      const lines: ImportLine[] = read.bad.map(toBadLine);
      let good = 0;
      let notices = 0;
      for await (const batch of planned(deps, projectId, read.candidates)) {
        for (const plan of batch) {
          const line = toImportLine(plan);
          counts[plan.outcome] += 1;
          if (line.notice !== null) notices += 1;
          if (line.notice !== null || line.problem !== null || good < SHOWN_GOOD_LINES) lines.push(line);
          if (line.notice === null && line.problem === null) good += 1;
        }
      }
      const importId = deps.newId("imp");
      keep(kept, importId, { ...read, projectId, bytes: bytes.byteLength, madeAt: deps.now(), result: null });
      lines.sort((a, b) => a.line - b.line);
      return { importId, format: read.format, counts, notices, lines };
    },

    /** Writes the good lines of a preview, in small transactions, and gives back the rejected ones with their reasons. */
    async commit(actor: Actor, projectId: string, importId: string): Promise<ImportResult> {
      authorize(actor, "records:write", projectId);
      forgetOld(kept, deps.now());
      const read = kept.get(importId);
      if (read === undefined || read.projectId !== projectId) {
        throw new AppError(
          "not-found",
          "This preview is gone: previews are kept for an hour, until the server starts anew. Nothing was imported. Choose the file again.",
        );
      }
      read.result ??= apply(deps, actor, projectId, read).catch((error: unknown) => {
        // what was written stays and is found as a duplicate by the next try
        read.result = null;
        throw error;
      });
      return read.result;
    },
  };
}

async function apply(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  read: ReadImport,
): Promise<ImportResult> {
  const result: ImportResult = { created: 0, updated: 0, skipped: 0, rejected: read.bad.map(toBadLine) };
  for await (const batch of planned(deps, projectId, read.candidates)) {
    deps.repos.transaction(() => {
      for (const plan of batch) {
        if (plan.outcome === "duplicate") result.skipped += 1;
        else if (plan.outcome === "invalid") result.rejected.push(toImportLine(plan));
        else if (plan.outcome === "new") result.created += create(deps, actor, projectId, plan);
        else result.updated += change(deps, actor, projectId, plan);
      }
    });
  }
  result.rejected.sort((a, b) => a.line - b.line);
  return result;
}

/** Plans in batches, each against the records as they are at that moment. */
async function* planned(
  deps: ServiceDeps,
  projectId: string,
  candidates: readonly ImportCandidate[],
): AsyncGenerator<LinePlan[]> {
  const blocks = deps.repos.projects.byId(projectId)?.settings.blockPersonalData ?? false;
  const known = new Map<string, KnownRecord[]>();
  for (let start = 0; start < candidates.length; start += LINES_A_WRITE) {
    const batch = candidates
      .slice(start, start + LINES_A_WRITE)
      .map((candidate) => ({ candidate, hash: inputsHash(candidate.inputs) }));
    const unseen = [...new Set(batch.map(({ hash }) => hash))].filter((hash) => !known.has(hash));
    for (const hash of unseen) known.set(hash, []);
    for (const { hash, record } of deps.repos.records.byInputsHashes(projectId, unseen)) {
      known.get(hash)?.push({ ...record, line: null });
    }
    yield batch.map(({ candidate, hash }) => planLine(candidate, known.get(hash) ?? [], blocks));
    await nextTurn();
  }
}

type Written = Extract<LinePlan, { outcome: "new" | "changed" }>;

/** The target gets its id, so that a later line of the same question finds it. */
function create(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  { target, content, candidate }: Written,
): 1 {
  const id = deps.newId("rec");
  const { inputs } = target;
  deps.repos.records.insertMany([
    { id, projectId, inputs, ...content, source: "import", actorId: actorId(actor), at: deps.now() },
  ]);
  noteAct(deps, actor, projectId, id, "record-imported", candidate);
  target.id = id;
  target.revision = 1;
  return 1;
}

function change(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  { target, content, candidate }: Written,
): 1 {
  const id = target.id ?? "";
  const changes = { ...content, archived: false };
  const updated = deps.repos.records.update(id, target.revision, changes, actorId(actor), deps.now());
  if (updated.status !== "updated") {
    throw new AppError(
      "conflict",
      "A record was changed while the import was at work. What was imported so far is kept; import the file again for the rest.",
    );
  }
  noteAct(deps, actor, projectId, id, "record-changed-by-import", candidate);
  target.revision = updated.record.revision;
  return 1;
}

function noteAct(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  subjectId: string,
  action: string,
  { line }: ImportCandidate,
): void {
  audit(deps, actor, { projectId, action, subjectType: "record", subjectId, details: { line } });
}

function toBadLine({ line, question, problem }: BadLine): ImportLine {
  return { line, outcome: "invalid", question, problem, notice: null };
}

function keep(kept: Map<string, KeptImport>, importId: string, preview: KeptImport): void {
  forgetOld(kept, preview.madeAt);
  kept.set(importId, preview);
  const bytesKept = (): number => [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  for (const oldest of kept.keys()) {
    if (oldest === importId || bytesKept() <= MAX_KEPT_BYTES) break;
    kept.delete(oldest);
  }
}

function forgetOld(kept: Map<string, KeptImport>, now: number): void {
  for (const [importId, { madeAt }] of kept) if (now - madeAt > KEPT_MS) kept.delete(importId);
}
