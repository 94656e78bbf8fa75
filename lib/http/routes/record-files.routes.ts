import { z } from "zod";
import {
  bulkChangeInput,
  bulkResultSchema,
  exportFormats,
  exportSelectionInput,
} from "@/lib/contracts/record-bulk";
import { chooseColumnsInput, importPreviewSchema, importStateSchema } from "@/lib/contracts/record-imports";
import { defineRoute } from "../define-route";

const WRITES = { permission: "records:write", scope: "records:write" } as const;

export const previewImport = defineRoute({
  id: "records.import-preview",
  method: "POST",
  path: "/api/v1/projects/:project/records/import",
  summary:
    "First phase of an import: reads JSONL, CSV or MLflow's dataset JSON, says line by line what would happen, changes nothing.",
  ...WRITES,
  rawBody: true,
  bodyLimitBytes: 50_000_000,
  response: importPreviewSchema,
});

export const chooseImportColumns = defineRoute({
  id: "records.import-columns",
  method: "POST",
  path: "/api/v1/projects/:project/records/import/:import/columns",
  summary: "Says what each column of a table is; answers the preview anew.",
  ...WRITES,
  body: chooseColumnsInput,
  response: importPreviewSchema,
});

export const commitImport = defineRoute({
  id: "records.import-commit",
  method: "POST",
  path: "/api/v1/projects/:project/records/import/:import/commit",
  summary:
    "Second phase of an import: a job writes the good lines and shows them all at once. Asked again it answers where it stands.",
  ...WRITES,
  response: importStateSchema,
  status: 202,
});

export const getImport = defineRoute({
  id: "records.import-state",
  method: "GET",
  path: "/api/v1/projects/:project/records/import/:import",
  summary: "Where a confirmed import stands, and at its end which lines were left out and why.",
  ...WRITES,
  response: importStateSchema,
});

export const controlImport = defineRoute({
  id: "records.import-control",
  method: "POST",
  path: "/api/v1/projects/:project/records/import/:import/:action",
  summary: "Pauses, resumes or cancels an import; `action` is pause, resume or cancel.",
  ...WRITES,
  response: importStateSchema,
});

export const rejectedLines = defineRoute({
  id: "records.import-rejected",
  method: "GET",
  path: "/api/v1/projects/:project/records/import/:import/rejected",
  summary: "The lines that were left out as a file, each with the reason, to mend and import again.",
  ...WRITES,
});

export const exportRecords = defineRoute({
  id: "records.export",
  method: "GET",
  path: "/api/v1/projects/:project/records/export",
  summary: "All records as JSONL or CSV; what is exported can be imported with nothing changed.",
  permission: "project:read",
  scope: "records:read",
  query: z.object({ format: z.enum(exportFormats).default("jsonl") }),
});

export const exportSelection = defineRoute({
  id: "records.export-selection",
  method: "POST",
  path: "/api/v1/projects/:project/records/export",
  summary: "Chosen records, or all that a filter fits, as JSONL or CSV.",
  permission: "project:read",
  scope: "records:read",
  body: exportSelectionInput,
});

export const changeManyRecords = defineRoute({
  id: "records.bulk",
  method: "POST",
  path: "/api/v1/projects/:project/records/bulk",
  summary: "Tags, archives or brings back many records; each gets a revision, and the act can be taken back.",
  ...WRITES,
  body: bulkChangeInput,
  response: bulkResultSchema,
  idempotent: true,
});

export const undoManyRecords = defineRoute({
  id: "records.bulk-undo",
  method: "POST",
  path: "/api/v1/projects/:project/records/bulk/:act/undo",
  summary: "Takes an act on many records back; what was changed since stays as it is.",
  ...WRITES,
  response: bulkResultSchema,
});
