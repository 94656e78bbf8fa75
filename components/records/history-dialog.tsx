"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import type { OptimizationRecord, SavedRecord } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { restoreRevision, revisionsOptions } from "@/lib/queries/records";
import { prepareChanges } from "@/lib/view-models/record-changes";
import { emptyDraft, toDraft } from "@/lib/view-models/record-draft";
import { type HistoryEntry, prepareHistory } from "@/lib/view-models/record-history";
import { ChangesList } from "./changes-list";

const WHEN = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

interface HistoryDialogProps {
  record: OptimizationRecord;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Left out: the person may only read. */
  onRestored?: (saved: SavedRecord) => void;
}

/** Who changed what, and the way back to any state. A state that is brought back becomes the newest one. */
export function HistoryDialog({ record, isOpen, onOpenChange, onRestored }: HistoryDialogProps) {
  const { data, error, refetch } = useQuery({ ...revisionsOptions(record.id), enabled: isOpen });
  const entries = data ? prepareHistory(data) : null;
  return (
    <Dialog
      title="History of this record"
      description="Nothing is overwritten. What you bring back becomes the newest state, and the rest stays here."
      size="lg"
      open={isOpen}
      onOpenChange={onOpenChange}
    >
      {entries === null && error === null && (
        <LoadingSkeleton shape="text" rows={6} label="Loading the history" />
      )}
      {error !== null && (
        <ErrorState
          title="The history could not be loaded."
          kept="The record itself is unharmed."
          next={wordsOf(error)}
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      )}
      <ol className="space-y-5">
        {entries?.map((entry) => (
          <Entry key={entry.revision.revision} entry={entry} record={record} onRestored={onRestored} />
        ))}
      </ol>
    </Dialog>
  );
}

interface EntryProps extends Pick<HistoryDialogProps, "record" | "onRestored"> {
  entry: HistoryEntry;
}

function Entry({ entry, record, onRestored }: EntryProps) {
  const [state, setState] = useState<{ isPending: boolean; problem: string | null }>({
    isPending: false,
    problem: null,
  });
  const { revision, before } = entry;
  const changes = prepareChanges(before ? toDraft(before) : emptyDraft(), toDraft(revision));
  const restore = async () => {
    setState({ isPending: true, problem: null });
    try {
      onRestored?.(await restoreRevision(record.id, revision.revision, record.revision));
    } catch (error) {
      setState({ isPending: false, problem: wordsOf(error) });
    }
  };
  return (
    <li className="border-s-2 border-line ps-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p>
          <span className="font-medium">
            {before === null ? "Written" : "Changed"} by {revision.author}
          </span>{" "}
          <span className="text-ink-muted">
            {WHEN.format(revision.createdAt)}
            {entry.saves > 1 && `, ${entry.saves} saves`}
            {entry.isNow && ", as it is now"}
          </span>
        </p>
        {!entry.isNow && onRestored && (
          <Button
            size="sm"
            pending={state.isPending}
            pendingLabel="Bringing it back"
            onClick={() => void restore()}
          >
            Bring this state back
          </Button>
        )}
      </div>
      {state.problem && (
        <p role="alert" className="mb-2 text-worse">
          {state.problem}
        </p>
      )}
      <ChangesList changes={changes} emptyText="No words changed: it was archived or brought back." />
    </li>
  );
}
