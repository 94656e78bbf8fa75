import { queryOptions } from "@tanstack/react-query";
import type { BulkChangeInput, BulkResult, ExportFormat } from "@/lib/contracts/record-bulk";
import type { ImportColumn, ImportPreview, ImportState } from "@/lib/contracts/record-imports";
import { apiFetch, apiText } from "./api-fetch";
import { lazySchemas } from "./lazy-schemas";
import { recordsOf } from "./records";

const bulk = lazySchemas(() => import("@/lib/contracts/record-bulk"));
const imports = lazySchemas(() => import("@/lib/contracts/record-imports"));

/** Which records an act is for: by name, or all that the filters of a list fit but some. */
type Selection = { ids: string[] } | { filter: Record<string, unknown>; except: string[] };

const importAt = (projectId: string, importId: string) =>
  `${recordsOf(projectId)}/import/${encodeURIComponent(importId)}`;

/** First phase: says line by line what would happen. */
export function previewImport(projectId: string, file: Blob): Promise<ImportPreview> {
  return apiFetch(`${recordsOf(projectId)}/import`, {
    method: "POST",
    rawBody: file,
    schema: imports(({ importPreviewSchema }) => importPreviewSchema),
  });
}

/** The preview anew, with what each column is. */
export function chooseImportColumns(
  projectId: string,
  importId: string,
  columns: readonly Pick<ImportColumn, "name" | "role">[],
): Promise<ImportPreview> {
  return apiFetch(`${importAt(projectId, importId)}/columns`, {
    method: "POST",
    body: { columns: columns.map(({ name, role }) => ({ name, role })) },
    schema: imports(({ importPreviewSchema }) => importPreviewSchema),
  });
}

/** Second phase: starts to write the good lines. */
export function commitImport(projectId: string, importId: string): Promise<ImportState> {
  return apiFetch(`${importAt(projectId, importId)}/commit`, {
    method: "POST",
    schema: imports(({ importStateSchema }) => importStateSchema),
  });
}

export function importStateOptions(projectId: string, importId: string) {
  return queryOptions({
    queryKey: ["import", importId],
    queryFn: ({ signal }) =>
      apiFetch(importAt(projectId, importId), {
        schema: imports(({ importStateSchema }) => importStateSchema),
        signal,
      }),
    staleTime: 0,
  });
}

export function controlImport(
  projectId: string,
  importId: string,
  action: "pause" | "resume" | "cancel",
): Promise<ImportState> {
  return apiFetch(`${importAt(projectId, importId)}/${action}`, {
    method: "POST",
    schema: imports(({ importStateSchema }) => importStateSchema),
  });
}

/** Where the browser saves the lines that were left out, with their reasons. */
export function rejectedHref(projectId: string, importId: string): string {
  return `${importAt(projectId, importId)}/rejected`;
}

/** Where the browser saves all records. */
export function exportHref(projectId: string, format: ExportFormat): string {
  return `${recordsOf(projectId)}/export?format=${format}`;
}

/** Chosen records as the text of a file. */
export function exportSelection(projectId: string, select: Selection, format: ExportFormat): Promise<string> {
  return apiText(`${recordsOf(projectId)}/export`, { method: "POST", body: { select, format } });
}

/** @param idempotencyKey one a press: a repeated try after a lost answer does nothing twice */
export function changeManyRecords(
  projectId: string,
  select: Selection,
  act: Partial<BulkChangeInput["act"]>,
  idempotencyKey: string,
): Promise<BulkResult> {
  return apiFetch(`${recordsOf(projectId)}/bulk`, {
    method: "POST",
    body: { select, act },
    idempotencyKey,
    schema: bulk(({ bulkResultSchema }) => bulkResultSchema),
  });
}

export function undoManyRecords(projectId: string, actId: string): Promise<BulkResult> {
  return apiFetch(`${recordsOf(projectId)}/bulk/${encodeURIComponent(actId)}/undo`, {
    method: "POST",
    schema: bulk(({ bulkResultSchema }) => bulkResultSchema),
  });
}
