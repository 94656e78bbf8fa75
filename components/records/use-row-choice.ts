"use client";

import { useRef, useState } from "react";
import type { RecordFilters } from "@/lib/view-models/record-filters";

/** Which rows are ticked: some by name, or all that the filters fit but some. */
export interface RowChoice {
  count: number;
  isAll: boolean;
  has: (recordId: string) => boolean;
  /** @param index its place in the list; with `isRange` all between it and the last one ticked */
  toggle: (recordId: string, index: number, isRange: boolean) => void;
  toggleAll: () => void;
  clear: () => void;
  /** The same for the server. */
  selection: { ids: string[] } | { filter: Record<string, unknown>; except: string[] };
}

interface Chosen {
  filters: string;
  isAll: boolean;
  /** Ticked, or, where all are, those that are not. */
  ids: ReadonlySet<string>;
}

/** @param idAt the record at a place of the list; null while it is not loaded */
export function useRowChoice(
  filters: RecordFilters,
  total: number,
  idAt: (index: number) => string | null,
): RowChoice {
  const key = JSON.stringify({ ...filters, sort: undefined, dir: undefined });
  const none: Chosen = { filters: key, isAll: false, ids: new Set() };
  const [kept, setChosen] = useState<Chosen>(none);
  // another list: what was ticked in the one before would be out of sight
  const chosen = kept.filters === key ? kept : none;
  const last = useRef<number | null>(null);
  const { isAll, ids } = chosen;
  const put = (next: Iterable<string>) => setChosen({ ...chosen, ids: new Set(next) });
  const { sort: _, dir: __, ...filter } = filters;
  return {
    count: isAll ? Math.max(0, total - ids.size) : ids.size,
    isAll,
    has: (recordId) => ids.has(recordId) !== isAll,
    toggle: (recordId, index, isRange) => {
      const next = new Set(ids);
      if (next.has(recordId)) next.delete(recordId);
      else next.add(recordId);
      const from = last.current;
      if (isRange && from !== null) {
        for (let at = Math.min(from, index); at <= Math.max(from, index); at++) {
          const id = idAt(at);
          if (id === null) continue;
          if (next.has(recordId)) next.add(id);
          else next.delete(id);
        }
      }
      last.current = index;
      put(next);
    },
    toggleAll: () => setChosen({ filters: key, isAll: !isAll || ids.size > 0, ids: new Set() }),
    clear: () => setChosen(none),
    selection: isAll ? { filter: { archived: false, ...filter }, except: [...ids] } : { ids: [...ids] },
  };
}
