import { queryOptions } from "@tanstack/react-query";
import type { DraftedExpectations } from "@/lib/contracts/record-drafts";
import type {
  CreateRecordInput,
  OptimizationRecord,
  RecordList,
  SavedRecord,
  UpdateRecordInput,
} from "@/lib/contracts/records";
import type { RecordFilters } from "@/lib/view-models/record-filters";
import { ApiProblem, apiFetch } from "./api-fetch";
import { lazySchemas } from "./lazy-schemas";

const records = lazySchemas(() => import("@/lib/contracts/records"));
const drafts = lazySchemas(() => import("@/lib/contracts/record-drafts"));
const answers = lazySchemas(() => import("@/lib/contracts/evaluations"));

export const recordsOf = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/records`;
const recordAt = (recordId: string) => `/api/v1/records/${encodeURIComponent(recordId)}`;

/** Rows the server gives at a time. */
export const RECORDS_A_PAGE = 100;

export const recordKeys = {
  all: (projectId: string) => ["records", projectId] as const,
  lists: (projectId: string) => [...recordKeys.all(projectId), "list"] as const,
  page: (projectId: string, filters: RecordFilters, page: number) =>
    [...recordKeys.lists(projectId), filters, page] as const,
  readiness: (projectId: string) => [...recordKeys.all(projectId), "readiness"] as const,
  tags: (projectId: string) => [...recordKeys.all(projectId), "tags"] as const,
  one: (recordId: string) => ["record", recordId] as const,
  revisions: (recordId: string) => [...recordKeys.one(recordId), "revisions"] as const,
  answer: (recordId: string) => [...recordKeys.one(recordId), "answer"] as const,
};

/** One page of the records that a list shows, searched, filtered and sorted by the server. */
export function recordPageOptions(
  projectId: string,
  filters: RecordFilters,
  page: number,
  initial?: RecordList,
) {
  return queryOptions({
    queryKey: recordKeys.page(projectId, filters, page),
    queryFn: ({ signal }) =>
      apiFetch(recordsOf(projectId), {
        query: { ...filters, offset: page * RECORDS_A_PAGE, limit: RECORDS_A_PAGE },
        schema: records(({ recordListSchema }) => recordListSchema),
        signal,
      }),
    ...(initial === undefined ? {} : { initialData: initial }),
  });
}

export function readinessOptions(projectId: string) {
  return queryOptions({
    queryKey: recordKeys.readiness(projectId),
    queryFn: ({ signal }) =>
      apiFetch(`/api/v1/projects/${encodeURIComponent(projectId)}/readiness`, {
        schema: records(({ readinessSchema }) => readinessSchema),
        signal,
      }),
  });
}

export function recordTagsOptions(projectId: string) {
  return queryOptions({
    queryKey: recordKeys.tags(projectId),
    queryFn: async ({ signal }) => {
      const schema = records(({ recordTagListSchema }) => recordTagListSchema);
      return (await apiFetch(`${recordsOf(projectId)}/tags`, { schema, signal })).items;
    },
  });
}

export function recordOptions(recordId: string) {
  return queryOptions({
    queryKey: recordKeys.one(recordId),
    queryFn: ({ signal }): Promise<OptimizationRecord> =>
      apiFetch(recordAt(recordId), { schema: records(({ recordSchema }) => recordSchema), signal }),
  });
}

export function draftBasisOptions(recordId: string) {
  return queryOptions({
    queryKey: [...recordKeys.one(recordId), "draft-basis"],
    queryFn: ({ signal }) =>
      apiFetch(`${recordAt(recordId)}/draft`, {
        schema: drafts(({ draftBasisSchema }) => draftBasisSchema),
        signal,
      }),
  });
}

/** Asks the model for a draft; the record stays as it is. */
export function draftExpectations(recordId: string): Promise<DraftedExpectations> {
  return apiFetch(`${recordAt(recordId)}/draft`, {
    method: "POST",
    schema: drafts(({ draftedExpectationsSchema }) => draftedExpectationsSchema),
  });
}

export function revisionsOptions(recordId: string) {
  return queryOptions({
    queryKey: recordKeys.revisions(recordId),
    // somebody else may have saved since
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const schema = records(({ revisionListSchema }) => revisionListSchema);
      return (await apiFetch(`${recordAt(recordId)}/revisions`, { schema, signal })).items;
    },
  });
}

/** The newest answer to a record; null when there is none. */
export function latestAnswerOptions(projectId: string, recordId: string) {
  return queryOptions({
    queryKey: recordKeys.answer(recordId),
    queryFn: async ({ signal }) => {
      const schema = answers(({ traceListSchema }) => traceListSchema);
      const path = `/api/v1/projects/${encodeURIComponent(projectId)}/traces`;
      return (
        (await apiFetch(path, { query: { record: recordId, limit: 1 }, schema, signal })).items[0] ?? null
      );
    },
  });
}

/** @param idempotencyKey one a new record: a repeated try after a lost answer makes no second one */
export function createRecord(
  projectId: string,
  input: CreateRecordInput,
  idempotencyKey: string,
): Promise<SavedRecord> {
  return apiFetch(recordsOf(projectId), {
    method: "POST",
    body: input,
    idempotencyKey,
    schema: records(({ savedRecordSchema }) => savedRecordSchema),
  });
}

/** A save that somebody was faster than is refused, and told by `conflictOf`. */
export async function saveRecord(
  recordId: string,
  changes: UpdateRecordInput,
  revision: number,
): Promise<SavedRecord> {
  try {
    return await apiFetch(recordAt(recordId), {
      method: "PATCH",
      body: changes,
      ifMatch: revision,
      schema: records(({ savedRecordSchema }) => savedRecordSchema),
    });
  } catch (error) {
    throw await conflictFrom(error);
  }
}

export function restoreRevision(recordId: string, wanted: number, revision: number): Promise<SavedRecord> {
  return apiFetch(`${recordAt(recordId)}/revisions/${wanted}/restore`, {
    method: "POST",
    ifMatch: revision,
    schema: records(({ savedRecordSchema }) => savedRecordSchema),
  });
}

/** Somebody saved the record in the meantime. Nothing was overwritten; `current` is what stands there now. */
class EditConflict extends Error {
  constructor(readonly current: OptimizationRecord) {
    super("The record was changed in the meantime.");
    this.name = "EditConflict";
  }
}

/** The current record of a refused save; null when the error is another one. */
export function conflictOf(error: unknown): OptimizationRecord | null {
  return error instanceof EditConflict ? error.current : null;
}

async function conflictFrom(error: unknown): Promise<unknown> {
  if (!(error instanceof ApiProblem) || error.code !== "edit-conflict") return error;
  const schema = await records(({ recordConflictSchema }) => recordConflictSchema)().catch(() => null);
  const parsed = schema?.safeParse(error.extra);
  return parsed?.success ? new EditConflict(parsed.data.current) : error;
}
