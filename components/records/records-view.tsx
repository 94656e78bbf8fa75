"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { useShortcuts } from "@/components/ui/shortcuts";
import type { ImportState } from "@/lib/contracts/record-imports";
import type { OptimizationRecord, Readiness, RecordList } from "@/lib/contracts/records";
import { exportHref } from "@/lib/queries/record-files";
import { recordTagsOptions } from "@/lib/queries/records";
import { isFiltered, type RecordFilters } from "@/lib/view-models/record-filters";
import type { ImportSource } from "./import-dialog";
import { ImportNotice } from "./import-notice";
import { LazyRecordPanel, useEarlyRecordPanel } from "./lazy-record-panel";
import { RecordsListing } from "./records-listing";
import { useRecordRows } from "./use-record-rows";
import { useRecordSelection } from "./use-record-selection";

const LazyImport = lazyPart(() => import("./import-dialog").then((module) => module.ImportDialog));

export interface RecordsViewProps {
  projectId: string;
  isSimulated: boolean;
  canWrite: boolean;
  initial: {
    filters: RecordFilters;
    list: RecordList;
    tags: { tag: string; count: number }[];
    /** Null where there are so many records that the page does not wait for it. */
    readiness: Readiness | null;
    /** The record that the address names. */
    record: OptimizationRecord | null;
    /** An import that was at work when the page came. */
    importing: ImportState | null;
  };
}

const WHO_MAY =
  "Your role may not write records. An expert, a lead expert or an engineer of this project can.";

/** The records of a project: the list, and the one that is open beside it (on phones in its place). */
export function RecordsView({ projectId, isSimulated, canWrite, initial }: RecordsViewProps) {
  const selection = useRecordSelection(projectId);
  const [importing, setImporting] = useState<{ source: ImportSource; isOpen: boolean }>({
    source: "file",
    isOpen: false,
  });
  // An import outlives its page: who loads it anew finds it here.
  const [goingOn, setGoingOn] = useState(initial.importing);
  const { data: tags } = useQuery({ ...recordTagsOptions(projectId), initialData: initial.tags });
  const rows = useRecordRows(projectId, selection.filters, initial);
  const isEmpty = rows.isKnown && rows.total === 0 && !isFiltered(selection.filters);
  const isOpen = selection.selectedId !== null;
  const hasMoved = useFocusAfter(selection.editorKey);
  useEarlyRecordPanel();
  useShortcuts([
    { keys: "n", label: "Write a record", onPress: () => canWrite && selection.openNew() },
    { keys: "escape", label: "Close the record", onPress: () => isOpen && selection.close() },
    { keys: "/", label: "Search records", onPress: () => document.getElementById("record-search")?.focus() },
    { keys: "j", label: "Next record", onPress: () => focusRow(1) },
    { keys: "k", label: "Record before", onPress: () => focusRow(-1) },
  ]);
  const importFrom = (source: ImportSource) => setImporting({ source, isOpen: true });
  return (
    <div className={cx("gap-8", isOpen && "lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(22rem,27rem)]")}>
      {isOpen && <h1 className="sr-only lg:hidden">Records</h1>}
      <div className={cx("min-w-0", isOpen && "max-lg:hidden")}>
        <PageHeader
          title="Records"
          isSimulated={isSimulated}
          secondary={<ImportMenu projectId={projectId} canWrite={canWrite} onImport={importFrom} />}
          primary={
            <Button
              variant={isEmpty ? "secondary" : "primary"}
              icon={<Plus aria-hidden="true" className="size-4" />}
              onClick={selection.openNew}
              blockedReason={canWrite ? undefined : WHO_MAY}
            >
              Write a record
            </Button>
          }
        />
        {goingOn && !importing.isOpen && <ImportNotice state={goingOn} onLook={() => importFrom("file")} />}
        <RecordsListing
          projectId={projectId}
          canWrite={canWrite}
          selection={selection}
          initial={initial}
          tags={tags}
          onImport={importFrom}
          rows={rows}
          isEmpty={isEmpty}
        />
      </div>
      {isOpen && (
        <LazyRecordPanel
          key={selection.editorKey}
          projectId={projectId}
          canWrite={canWrite}
          selection={selection}
          initial={initial.record}
          knownTags={tags.map(({ tag }) => tag)}
          takesFocus={hasMoved}
        />
      )}
      <LazyImport
        isNeeded={importing.isOpen}
        projectId={projectId}
        source={importing.source}
        goingOn={goingOn}
        isOpen={importing.isOpen}
        onOpenChange={(open) => setImporting({ ...importing, isOpen: open })}
        onOver={() => setGoingOn(null)}
      />
    </div>
  );
}

interface ImportMenuProps {
  projectId: string;
  canWrite: boolean;
  onImport: (source: ImportSource) => void;
}

function ImportMenu({ projectId, canWrite, onImport }: ImportMenuProps) {
  return (
    <Menu label="Import and export" trigger={<Button>{canWrite ? "Import" : "Export"} ▾</Button>}>
      {canWrite && <MenuItem onSelect={() => onImport("file")}>Import a file</MenuItem>}
      {canWrite && <MenuItem onSelect={() => onImport("paste")}>Paste from a spreadsheet</MenuItem>}
      {canWrite && <MenuSeparator />}
      <MenuItem
        onSelect={() => window.location.assign(exportHref(projectId, "csv"))}
        hint="For a spreadsheet"
      >
        Export all as CSV
      </MenuItem>
      <MenuItem
        onSelect={() => window.location.assign(exportHref(projectId, "jsonl"))}
        hint="Imported again, nothing changes"
      >
        Export all as JSONL
      </MenuItem>
    </Menu>
  );
}

/**
 * When a record closes, its row gets the focus back.
 * @returns whether another record was opened since the page came: then it takes the focus
 */
function useFocusAfter(editorKey: string | null): boolean {
  const before = useRef(editorKey);
  const [first] = useState(editorKey);
  const [hasMoved, setMoved] = useState(false);
  if (!hasMoved && editorKey !== first) setMoved(true);
  useEffect(() => {
    const last = before.current;
    before.current = editorKey;
    if (last === editorKey) return;
    if (editorKey === null) document.querySelector<HTMLElement>(`[data-record="${last}"]`)?.focus();
  }, [editorKey]);
  return hasMoved;
}

/** Moves the focus among the rows; without one in focus, to the first. */
function focusRow(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-record]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}
