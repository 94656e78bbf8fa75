"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import {
  type RecordFilters,
  readRecordFilters,
  recordIdIn,
  writeRecordFilters,
} from "@/lib/view-models/record-filters";

export const NEW_RECORD = "new";

function filtersIn(address: string): RecordFilters {
  return readRecordFilters(Object.fromEntries(new URLSearchParams(address)));
}

/**
 * Filters and the open record, both held by the address. Changing them loads no page anew, so the list keeps its
 * place; a reload or a link shows the same.
 */
export function useRecordSelection(projectId: string) {
  const base = `/p/${projectId}/records`;
  const search = useSearchParams();
  const selectedId = recordIdIn(usePathname());
  const address = search.toString();
  const [local, setLocal] = useState(() => ({ address, filters: filtersIn(address) }));
  // the address follows a little later than a press: the next press builds on the last one, not on the address
  if (local.address !== address) setLocal({ address, filters: filtersIn(address) });
  const { filters } = local;
  const [newCount, setNewCount] = useState(0);
  /** A record that was new keeps the editor in which it was written. */
  const [editorOf, setEditorOf] = useState<Readonly<Record<string, string>>>({});
  const newKey = `new-${newCount}`;
  const hrefOf = (recordId: string | null, wanted: RecordFilters = filters) =>
    `${base}${recordId === null ? "" : `/${encodeURIComponent(recordId)}`}${writeRecordFilters(wanted)}`;
  return {
    selectedId,
    filters,
    hrefOf,
    /** Names the editor of the open record; another record gets another one. */
    editorKey:
      selectedId === NEW_RECORD ? newKey : selectedId === null ? null : (editorOf[selectedId] ?? selectedId),
    open: (recordId: string) => window.history.pushState(null, "", hrefOf(recordId)),
    close: () => window.history.pushState(null, "", hrefOf(null)),
    openNew: () => {
      setNewCount(newCount + 1);
      window.history.pushState(null, "", hrefOf(NEW_RECORD));
    },
    /** The new record has an id now: the same editor goes on under it. */
    named: (recordId: string) => {
      setEditorOf({ ...editorOf, [recordId]: newKey });
      window.history.replaceState(null, "", hrefOf(recordId));
    },
    filter: (wanted: RecordFilters) => {
      setLocal({ address, filters: wanted });
      window.history.replaceState(null, "", hrefOf(selectedId, wanted));
    },
  };
}

export type RecordSelection = ReturnType<typeof useRecordSelection>;
