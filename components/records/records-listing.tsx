"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { wordsOf } from "@/lib/queries/api-fetch";
import { recordListOptions } from "@/lib/queries/records";
import type { RecordFilters } from "@/lib/view-models/record-filters";
import type { ImportSource } from "./import-dialog";
import { ReadinessLine } from "./readiness-line";
import { RecordFilterBar } from "./record-filter-bar";
import { RecordsEmpty } from "./records-empty";
import { RecordsTable } from "./records-table";
import type { RecordsViewProps } from "./records-view";
import type { RecordSelection } from "./use-record-selection";

interface RecordsListingProps extends Pick<RecordsViewProps, "projectId" | "canWrite" | "initial"> {
  selection: RecordSelection;
  tags: readonly { tag: string; count: number }[];
  onImport: (source: ImportSource) => void;
  list: RecordListing;
  /** The project has no record at all. */
  isEmpty: boolean;
}

type RecordListing = ReturnType<typeof useRecordListing>;

/** The rows that the filters ask for, as far as they are loaded. */
export function useRecordListing(
  projectId: string,
  filters: RecordFilters,
  initial: RecordsViewProps["initial"],
) {
  const isInitial = JSON.stringify(filters) === JSON.stringify(initial.filters);
  return useInfiniteQuery({
    ...recordListOptions(projectId, filters, isInitial ? initial.list : undefined),
    placeholderData: keepPreviousData,
  });
}

/** How many records fit; 0 while it is not known. */
export function totalOf(list: Pick<RecordListing, "data">): number {
  return list.data?.pages[0]?.total ?? 0;
}

/** Readiness, search and filters, and the table, page by page. */
export function RecordsListing(props: RecordsListingProps) {
  const { projectId, canWrite, initial, selection, tags, onImport, list, isEmpty } = props;
  const { filters } = selection;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = totalOf(list);
  useTotalAnnounced(total, list.isPlaceholderData);
  if (isEmpty) {
    return (
      <RecordsEmpty
        canWrite={canWrite}
        onWrite={selection.openNew}
        onPaste={() => onImport("paste")}
        onImport={() => onImport("file")}
      />
    );
  }
  const unfinished = { needsWork: true as const };
  return (
    <>
      <ReadinessLine
        projectId={projectId}
        initial={initial.readiness}
        canWrite={canWrite}
        hrefOf={selection.hrefOf}
        onOpen={selection.open}
        onShowUnfinished={() => selection.filter(unfinished)}
        unfinishedHref={selection.hrefOf(null, unfinished)}
      />
      <RecordFilterBar
        filters={filters}
        tags={tags}
        onChange={selection.filter}
        isNarrow={selection.selectedId !== null}
      />
      {list.error && !list.data ? (
        <ErrorState
          title="The records could not be loaded."
          kept="Nothing of them is lost."
          next={wordsOf(list.error)}
          actions={<Button onClick={() => void list.refetch()}>Try again</Button>}
        />
      ) : !list.data ? (
        <LoadingSkeleton shape="table" label="Loading records" />
      ) : total === 0 ? (
        <EmptyState
          title="No record fits."
          heading="h2"
          primary={<Button onClick={() => selection.filter({})}>Show all records</Button>}
        >
          <p>Nothing has all of these words and filters.</p>
        </EmptyState>
      ) : (
        <>
          <div className="rounded-lg border border-line bg-raised" aria-busy={list.isPlaceholderData}>
            <RecordsTable
              rows={rows}
              selectedId={selection.selectedId}
              hrefOf={selection.hrefOf}
              onOpen={selection.open}
            />
          </div>
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <p className="text-ink-muted tabular-nums">
              1–{rows.length.toLocaleString("en")} of {total.toLocaleString("en")}
            </p>
            {list.hasNextPage && (
              <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show {Math.min(100, total - rows.length)} more
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** Tells how many fit after a search or a filter, once it is known. */
function useTotalAnnounced(total: number, isWaiting: boolean) {
  const announce = useAnnounce();
  const last = useRef(total);
  useEffect(() => {
    if (isWaiting || last.current === total) return;
    last.current = total;
    announce(total === 1 ? "1 record." : `${total.toLocaleString("en")} records.`, { channel: "records" });
  }, [announce, total, isWaiting]);
}
