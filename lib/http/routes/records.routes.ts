import { z } from "zod";
import { draftBasisSchema, draftedExpectationsSchema } from "@/lib/contracts/record-drafts";
import {
  createRecordInput,
  readinessSchema,
  recordListQuery,
  recordListSchema,
  recordSchema,
  revisionListSchema,
  savedRecordSchema,
  updateRecordInput,
} from "@/lib/contracts/records";
import { defineRoute } from "../define-route";

export const listRecords = defineRoute({
  id: "records.list",
  method: "GET",
  path: "/api/v1/projects/:project/records",
  summary: "Records, searched, filtered and sorted by the server.",
  permission: "project:read",
  scope: "records:read",
  query: recordListQuery,
  response: recordListSchema,
});

export const createRecord = defineRoute({
  id: "records.create",
  method: "POST",
  path: "/api/v1/projects/:project/records",
  summary: "Writes a record.",
  permission: "records:write",
  scope: "records:write",
  body: createRecordInput,
  response: savedRecordSchema,
  status: 201,
  idempotent: true,
});

export const getReadiness = defineRoute({
  id: "records.readiness",
  method: "GET",
  path: "/api/v1/projects/:project/readiness",
  summary: "What is missing before a run, and what the sealed records could show.",
  permission: "project:read",
  scope: "records:read",
  response: readinessSchema,
});

export const getRecord = defineRoute({
  id: "records.get",
  method: "GET",
  path: "/api/v1/records/:record",
  summary: "One record; its revision is the ETag.",
  permission: "project:read",
  scope: "records:read",
  response: recordSchema,
});

export const updateRecord = defineRoute({
  id: "records.update",
  method: "PATCH",
  path: "/api/v1/records/:record",
  summary:
    "Edits a record as a new revision. Someone else's edit in between is a 412 with the current state.",
  permission: "records:write",
  scope: "records:write",
  body: updateRecordInput,
  response: savedRecordSchema,
  ifMatch: "required",
});

export const listRevisions = defineRoute({
  id: "records.revisions",
  method: "GET",
  path: "/api/v1/records/:record/revisions",
  summary: "Every revision of a record, newest first.",
  permission: "project:read",
  scope: "records:read",
  response: revisionListSchema,
});

export const restoreRevision = defineRoute({
  id: "records.restore",
  method: "POST",
  path: "/api/v1/records/:record/revisions/:revision/restore",
  summary:
    "Makes an earlier revision the newest one again. Nothing is overwritten: it becomes a revision of its own.",
  permission: "records:write",
  scope: "records:write",
  response: savedRecordSchema,
  ifMatch: "required",
});

export const listRecordTags = defineRoute({
  id: "records.tags",
  method: "GET",
  path: "/api/v1/projects/:project/records/tags",
  summary: "Tags in use, most used first.",
  permission: "project:read",
  scope: "records:read",
  response: z.object({ items: z.array(z.object({ tag: z.string(), count: z.number().int() })) }),
});

export const draftBasis = defineRoute({
  id: "records.draft-basis",
  method: "GET",
  path: "/api/v1/records/:record/draft",
  summary: "What a draft of the expectations would rest on, and where it would be sent.",
  permission: "project:read",
  response: draftBasisSchema,
});

export const draftExpectations = defineRoute({
  id: "records.draft",
  method: "POST",
  path: "/api/v1/records/:record/draft",
  summary: "Drafts expectations from labels and comments. A draft changes nothing; an expert confirms it.",
  permission: "records:write",
  response: draftedExpectationsSchema,
});
