"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { RecordRow } from "@/lib/contracts/records";
import { RECORDS_A_PAGE, recordPageOptions } from "@/lib/queries/records";
import type { RecordFilters } from "@/lib/view-models/record-filters";
import type { RecordsViewProps } from "./records-view";

export interface RecordRows {
  /** How many records fit; 0 while it is not known. */
  total: number;
  isKnown: boolean;
  /** The rows are those of the filters before, until the new ones are there. */
  isWaiting: boolean;
  error: unknown;
  retry: () => void;
  /** Null while the row is on its way. */
  rowAt: (index: number) => RecordRow | null;
  /** Asks for the rows from first to last. */
  show: (first: number, last: number) => void;
}

/** The rows that the filters ask for. Pages are loaded as they come into sight, in any order. */
export function useRecordRows(
  projectId: string,
  filters: RecordFilters,
  initial: RecordsViewProps["initial"],
): RecordRows {
  const isInitial = JSON.stringify(filters) === JSON.stringify(initial.filters);
  const first = useQuery({
    ...recordPageOptions(projectId, filters, 0, isInitial ? initial.list : undefined),
    placeholderData: keepPreviousData,
  });
  const [inSight, setInSight] = useState({ from: 0, to: 0 });
  const wanted = Array.from({ length: inSight.to - inSight.from + 1 }, (_, at) => inSight.from + at);
  const further = wanted.filter((page) => page > 0);
  const pages = useQueries({ queries: further.map((page) => recordPageOptions(projectId, filters, page)) });
  const byPage = new Map(further.map((page, index) => [page, pages[index]?.data]));
  const show = useCallback((from: number, to: number) => {
    const next = { from: Math.floor(from / RECORDS_A_PAGE), to: Math.floor(to / RECORDS_A_PAGE) };
    setInSight((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, []);
  return {
    total: first.data?.total ?? 0,
    isKnown: first.data !== undefined,
    isWaiting: first.isPlaceholderData,
    error: first.error ?? pages.find(({ error }) => error)?.error ?? null,
    retry: () => void first.refetch(),
    rowAt: (index) => {
      const page = Math.floor(index / RECORDS_A_PAGE);
      const list = page === 0 ? first.data : byPage.get(page);
      return list?.items[index % RECORDS_A_PAGE] ?? null;
    },
    show,
  };
}
