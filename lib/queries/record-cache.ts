import type { QueryClient } from "@tanstack/react-query";
import type { OptimizationRecord, RecordList, SavedRecord } from "@/lib/contracts/records";
import { prepareRow } from "@/lib/view-models/record-row";
import { recordKeys } from "./records";

/** Readiness is measured over all records: a pause in typing is soon enough. */
const READINESS_AFTER_MS = 3_000;

let readinessTimer: ReturnType<typeof setTimeout> | undefined;

/** Puts a saved record where pages show it: in its row at once, in a list that lacks it by loading that list again. */
export function noteSavedRecord(
  client: QueryClient,
  projectId: string,
  { hints: _, ...record }: SavedRecord,
): void {
  client.setQueryData<OptimizationRecord>(recordKeys.one(record.id), record);
  let isListed = false;
  client.setQueriesData<RecordList>({ queryKey: recordKeys.lists(projectId) }, (page) => {
    if (!page?.items.some((row) => row.id === record.id)) return page;
    isListed = true;
    return {
      ...page,
      items: page.items.map((row) => (row.id === record.id ? prepareRow(record, row) : row)),
    };
  });
  if (!isListed || record.archived) void client.invalidateQueries({ queryKey: recordKeys.lists(projectId) });
  clearTimeout(readinessTimer);
  readinessTimer = setTimeout(() => {
    void client.invalidateQueries({ queryKey: recordKeys.readiness(projectId) });
    void client.invalidateQueries({ queryKey: recordKeys.tags(projectId) });
  }, READINESS_AFTER_MS);
}

/** After an import: everything about the records of a project is asked for again. */
export function forgetRecords(client: QueryClient, projectId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: recordKeys.all(projectId) });
}

/** A record as the lists of this page know it, from the one that was read last; null when none has it. */
export function knownRecord(
  client: QueryClient,
  projectId: string,
  recordId: string,
): OptimizationRecord | null {
  const lists = client.getQueriesData<RecordList>({ queryKey: recordKeys.lists(projectId) });
  const [newest] = lists
    .flatMap(([, page]) => page?.items.filter(({ id }) => id === recordId) ?? [])
    .sort((a, b) => b.revision - a.revision);
  if (!newest) return null;
  const { question: _question, needsWork: _needsWork, lastGrade: _lastGrade, ...record } = newest;
  return record;
}
