import "server-only";
import { inBatches } from "@/db/repos/common";
import type { Actor } from "@/lib/contracts/permissions";
import type { ExportFormat, RecordSelection } from "@/lib/contracts/record-bulk";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { selectedIds } from "./bulk";
import { recordsAsCsv } from "./export-csv";

interface RecordFile {
  name: string;
  type: string;
  text: string;
}

/**
 * Records as a file; imported again, nothing changes.
 * @param select null = all that are not archived, oldest first
 */
export function exportRecords(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  format: ExportFormat,
  select: RecordSelection | null,
): RecordFile {
  authorize(actor, "project:read", projectId);
  const records = select === null ? deps.repos.records.live(projectId) : selected(deps, projectId, select);
  if (format === "csv")
    return { name: "records.csv", type: "text/csv; charset=utf-8", text: recordsAsCsv(records) };
  const text = records.map((record) => `${JSON.stringify(toLine(record))}\n`).join("");
  return { name: "records.jsonl", type: "application/x-ndjson; charset=utf-8", text };
}

function selected(deps: ServiceDeps, projectId: string, select: RecordSelection): OptimizationRecord[] {
  return inBatches(selectedIds(deps, projectId, select)).flatMap((ids) => {
    const byId = new Map(deps.repos.records.byIds(ids).map((record) => [record.id, record]));
    return ids.flatMap((id) => {
      const record = byId.get(id);
      return record?.projectId === projectId ? [record] : [];
    });
  });
}

function toLine({ inputs, expectations, tags, critical }: OptimizationRecord) {
  const { messages, fields } = inputs;
  const { expected_response, facts, mustNever } = expectations;
  return {
    inputs: Object.keys(fields).length > 0 ? { messages, fields } : { messages },
    expectations: { expected_response, facts, mustNever },
    tags,
    critical,
  };
}
