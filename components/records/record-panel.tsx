"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { knownRecord } from "@/lib/queries/record-cache";
import { readinessOptions, recordOptions } from "@/lib/queries/records";
import { BackLink } from "./editor-header";
import { RecordEditor } from "./record-editor";
import { recordPanelFrame } from "./record-panel-frame";
import { RecordReader } from "./record-reader";
import { SetWord } from "./set-word";
import { NEW_RECORD, type RecordSelection } from "./use-record-selection";

interface RecordPanelProps {
  projectId: string;
  canWrite: boolean;
  selection: RecordSelection;
  initial: OptimizationRecord | null;
  knownTags: readonly string[];
  /** It was opened by an act on this page, so it takes the focus. */
  takesFocus: boolean;
}

/** The open record: to edit, or to read. Its own scroll on wide pages, the page itself on phones. */
export function RecordPanel({
  projectId,
  canWrite,
  selection,
  initial,
  knownTags,
  takesFocus,
}: RecordPanelProps) {
  const client = useQueryClient();
  // what the record was when the panel opened: a new one that is named meanwhile stays in its editor
  const [openedAs] = useState(selection.selectedId ?? NEW_RECORD);
  const isNew = openedAs === NEW_RECORD;
  const known = isNew ? null : initial?.id === openedAs ? initial : knownRecord(client, projectId, openedAs);
  const { data, error, refetch } = useQuery({
    ...recordOptions(openedAs),
    enabled: !isNew,
    ...(known ? { initialData: known, initialDataUpdatedAt: 0 } : {}),
  });
  const { data: readiness } = useQuery({ ...readinessOptions(projectId), enabled: false });
  const closeHref = selection.hrefOf(null);
  const isShown = isNew || data !== undefined;
  // A new record's first field takes the focus by itself.
  useEffect(() => {
    if (takesFocus && isShown && !isNew) document.getElementById("record-title")?.focus();
  }, [takesFocus, isShown, isNew]);
  return (
    <div className={recordPanelFrame}>
      {isNew || data ? (
        canWrite ? (
          <RecordEditor
            projectId={projectId}
            record={data ?? null}
            fieldNames={readiness?.promptFields ?? []}
            knownTags={knownTags}
            onCreated={selection.named}
            onClose={selection.close}
            closeHref={closeHref}
          />
        ) : (
          data && (
            <section aria-labelledby="record-title">
              <BackLink href={closeHref} onClose={selection.close} />
              <h2 id="record-title" tabIndex={-1} className="mb-1 text-lg font-semibold">
                Record
              </h2>
              <p className="mb-4">
                <SetWord set={data.set} />
              </p>
              <RecordReader record={data} />
            </section>
          )
        )
      ) : error ? (
        <ErrorState
          title="This record could not be opened."
          kept="Nothing was changed."
          next={wordsOf(error)}
          actions={
            <>
              <Button onClick={() => void refetch()}>Try again</Button>
              <Button onClick={selection.close}>All records</Button>
            </>
          }
        />
      ) : (
        <LoadingSkeleton shape="text" rows={6} label="Loading the record" />
      )}
    </div>
  );
}
