import "server-only";
import { inputsHash } from "@/db/repos/record-text";
import type { JobContext } from "../jobs/job-types";
import { createImportJob } from "../records/import-job";
import { planBatches } from "../records/plan-batches";
import { readImport } from "../records/read-import";
import type { ServiceDeps } from "../service-deps";
import type { RemoteLine } from "./import-content";
import { leaveOut, type Tally } from "./import-tally";

export interface RecordsPlan {
  /** Lines that say something that was not taken over yet. */
  fresh: RemoteLine[];
  /** Their inputs' hash by the id there; those that cannot be read are missing. */
  hashes: Map<string, string>;
}

/** Decides on each record: what was taken over as it is there now is passed by, whatever became of it here. */
export async function planRecords(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  lines: readonly RemoteLine[],
  tally: Tally,
): Promise<RecordsPlan> {
  const known = deps.repos.mlflow.items(
    projectId,
    "record",
    lines.map(({ remoteId }) => remoteId),
  );
  const fresh = lines.filter(({ remoteId, hash }) => known.get(remoteId)?.hash !== hash);
  const isFresh = new Set(fresh.map(({ remoteId }) => remoteId));
  tally.counts.records.same += lines.length - fresh.length;
  const all = await readImport(sourceOf(lines), "jsonl");
  const hashes = new Map(
    all.candidates.map((candidate) => [
      lines[candidate.line - 1]?.remoteId ?? "",
      inputsHash(candidate.inputs),
    ]),
  );
  for (const { line, question, problem } of all.bad) {
    if (!isFresh.has(lines[line - 1]?.remoteId ?? "")) continue;
    leaveOut(tally, "records", `Record "${question}": ${problem}`);
  }
  const candidates = all.candidates.filter(({ line }) => isFresh.has(lines[line - 1]?.remoteId ?? ""));
  for await (const batch of planBatches(deps, projectId, candidates, null))
    for (const plan of batch) {
      if (plan.outcome === "invalid") {
        hashes.delete(lines[plan.candidate.line - 1]?.remoteId ?? "");
        leaveOut(tally, "records", `A record was left out: ${plan.problem}`);
      } else if (plan.outcome === "new") tally.counts.records.fresh += 1;
      else if (plan.outcome === "changed") tally.counts.records.changed += 1;
      else tally.counts.records.same += 1;
      // "changed" may only be a tag or an expectation that an earlier import left as it is
      if (plan.outcome !== "invalid" && plan.notice) tally.notices.push(plan.notice);
    }
  return { fresh, hashes };
}

/** Writes them as an import of a file does: out of sight, then all at once; after a kill it goes on where it was. */
export async function applyRecords(
  deps: ServiceDeps,
  context: JobContext,
  importOf: { id: string; projectId: string; createdBy: string },
  { fresh, hashes }: RecordsPlan,
): Promise<void> {
  const { repos, now } = deps;
  const { projectId, createdBy } = importOf;
  const id = importOf.id.replace(/^[a-z]+_/, "imp_");
  if (fresh.length > 0 && repos.imports.entryById(id) === null) {
    const plan = { format: "jsonl", roles: null, total: fresh.length };
    repos.imports.insert({ id, projectId, plan, source: sourceOf(fresh), createdBy, createdAt: now() });
  }
  const started = repos.imports.byId(id);
  if (started && started.appliedAt === null)
    await createImportJob(deps)({ ...context, job: { ...context.job, subjectId: id } });
  repos.transaction(() => {
    for (const { remoteId, hash } of fresh) {
      const inputs = hashes.get(remoteId);
      const found = inputs === undefined ? [] : repos.records.byInputsHashes(projectId, [inputs]);
      const localId = found[0]?.record.id;
      if (localId) repos.mlflow.noteItem({ projectId, kind: "record", remoteId, localId, hash, at: now() });
    }
  });
}

function sourceOf(lines: readonly RemoteLine[]): string {
  return lines.map(({ value }) => JSON.stringify(value)).join("\n");
}
