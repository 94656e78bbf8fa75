"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { wordsOf } from "@/lib/queries/api-fetch";
import { BulkBar } from "./bulk-bar";
import type { ImportSource } from "./import-dialog";
import { ReadinessLine } from "./readiness-line";
import { RecordFilterBar } from "./record-filter-bar";
import { RecordsEmpty } from "./records-empty";
import { RecordsTable } from "./records-table";
import type { RecordsViewProps } from "./records-view";
import type { RecordRows } from "./use-record-rows";
import type { RecordSelection } from "./use-record-selection";
import { useRowChoice } from "./use-row-choice";

interface RecordsListingProps extends Pick<RecordsViewProps, "projectId" | "canWrite" | "initial"> {
  selection: RecordSelection;
  tags: readonly { tag: string; count: number }[];
  onImport: (source: ImportSource) => void;
  rows: RecordRows;
  /** The project has no record at all. */
  isEmpty: boolean;
}

/** Readiness, search and filters, and the table. */
export function RecordsListing(props: RecordsListingProps) {
  const { projectId, canWrite, initial, selection, tags, onImport, rows, isEmpty } = props;
  const { filters } = selection;
  useTotalAnnounced(rows.total, rows.isWaiting);
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
  return (
    <>
      <ReadinessLine
        projectId={projectId}
        initial={initial.readiness}
        canWrite={canWrite}
        hrefOf={selection.hrefOf}
        onOpen={selection.open}
        onFilter={selection.filter}
      />
      <RecordFilterBar
        filters={filters}
        tags={tags}
        onChange={selection.filter}
        isNarrow={selection.selectedId !== null}
        total={rows.total}
      />
      {rows.error && !rows.isKnown ? (
        <ErrorState
          title="The records could not be loaded."
          kept="Nothing of them is lost."
          next={wordsOf(rows.error)}
          actions={<Button onClick={rows.retry}>Try again</Button>}
        />
      ) : !rows.isKnown ? (
        <LoadingSkeleton shape="table" label="Loading records" />
      ) : rows.total === 0 ? (
        <EmptyState
          title="No record fits."
          heading="h2"
          primary={<Button onClick={() => selection.filter({})}>Show all records</Button>}
        >
          <p>Nothing has all of these words and filters.</p>
        </EmptyState>
      ) : (
        <Rows {...props} />
      )}
    </>
  );
}

function Rows({ projectId, canWrite, selection, tags, rows }: RecordsListingProps) {
  const { filters } = selection;
  const choice = useRowChoice(filters, rows.total, (index) => rows.rowAt(index)?.id ?? null);
  return (
    <>
      {choice.count > 0 && (
        <BulkBar
          projectId={projectId}
          choice={choice}
          canWrite={canWrite}
          isArchive={filters.archived === true}
          knownTags={tags.map(({ tag }) => tag)}
        />
      )}
      <div className="rounded-lg border border-line bg-raised" aria-busy={rows.isWaiting}>
        <RecordsTable
          rows={rows}
          choice={choice}
          filters={filters}
          selectedId={selection.selectedId}
          hrefOf={selection.hrefOf}
          onOpen={selection.open}
          onFilter={selection.filter}
        />
      </div>
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
