"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Redo2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { useShortcuts } from "@/components/ui/shortcuts";
import { useToast } from "@/components/ui/toast";
import type { OptimizationRecord, PersonalHint } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { noteSavedRecord } from "@/lib/queries/record-cache";
import { recordOptions, saveRecord } from "@/lib/queries/records";
import { titleOf, withExpectations } from "@/lib/view-models/record-draft";
import { DraftExpectations } from "./draft-expectations";
import { EditorHeader } from "./editor-header";
import { LatestAnswer } from "./latest-answer";
import type { RecordAutosave } from "./record-autosave";
import { RecordForm } from "./record-form";
import { useRecordAutosave } from "./use-record-autosave";

const LazyHistory = lazyPart(() => import("./history-dialog").then((module) => module.HistoryDialog));
const LazyConflict = lazyPart(() => import("./conflict-view").then((module) => module.ConflictView));

interface RecordEditorProps {
  projectId: string;
  /** Null = a new record. */
  record: OptimizationRecord | null;
  fieldNames: readonly string[];
  knownTags: readonly string[];
  onCreated: (recordId: string) => void;
  onClose: () => void;
  closeHref: string;
}

/** One record, saved while it is edited. */
export function RecordEditor(props: RecordEditorProps) {
  const [autosave, state] = useRecordAutosave(props);
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const { record, draft, save } = state;
  useFreshRecord(autosave, props.record);
  useShortcuts([
    { keys: "mod+z", label: "Undo in this record", onPress: () => autosave.undo() },
    { keys: "mod+shift+z", label: "Do it again", onPress: () => autosave.redo() },
  ]);
  const archive = useArchive(autosave, props.projectId, record);
  const undo = (
    <>
      <IconButton
        label="Undo"
        size="sm"
        icon={<Undo2 aria-hidden="true" className="size-4" />}
        onClick={() => autosave.undo()}
        blockedReason={state.canUndo ? undefined : "Nothing was changed here yet."}
      />
      <IconButton
        label="Do it again"
        size="sm"
        icon={<Redo2 aria-hidden="true" className="size-4" />}
        onClick={() => autosave.redo()}
        blockedReason={state.canRedo ? undefined : "Nothing was taken back."}
      />
    </>
  );
  return (
    <section aria-labelledby="record-title">
      <EditorHeader
        title={titleOf(draft) || (record === null ? "New record" : "Without a question")}
        record={record}
        save={save}
        onRetry={() => void autosave.saveNow()}
        undo={undo}
        onHistory={() => setHistoryOpen(true)}
        onArchive={archive}
        onClose={props.onClose}
        closeHref={props.closeHref}
      />
      {(save.kind === "kept" || save.kind === "refused") && (
        <Callout tone="warning" className="mb-4">
          {save.detail}
        </Callout>
      )}
      {save.kind === "conflict" ? (
        <LazyConflict
          isNeeded
          base={autosave.baseOfConflict()}
          mine={draft}
          theirs={save.theirs}
          onSettle={(settled) => autosave.settle(save.theirs, settled)}
        />
      ) : (
        <>
          <PersonalHints hints={state.hints} />
          <RecordForm
            draft={draft}
            knownTags={props.knownTags}
            isNew={props.record === null}
            onChange={(step, edit) => autosave.change(step, edit)}
            draftTool={
              record !== null && (
                <DraftExpectations
                  recordId={record.id}
                  onUse={(drafted) =>
                    autosave.change("drafted", (before) => withExpectations(before, drafted))
                  }
                />
              )
            }
          />
          {record !== null && (
            <div className="mt-5">
              <LatestAnswer record={record} />
            </div>
          )}
        </>
      )}
      {record !== null && (
        <LazyHistory
          isNeeded={isHistoryOpen}
          record={record}
          isOpen={isHistoryOpen}
          onOpenChange={setHistoryOpen}
          onRestored={(saved) => {
            autosave.replace(saved);
            setHistoryOpen(false);
          }}
        />
      )}
    </section>
  );
}

/** The list may show a state of a while ago: the newest one is asked for, and taken over while nothing was typed. */
function useFreshRecord(autosave: RecordAutosave, opened: OptimizationRecord | null) {
  const { data } = useQuery({ ...recordOptions(opened?.id ?? ""), enabled: opened !== null, staleTime: 0 });
  useEffect(() => {
    if (data) autosave.refresh(data);
  }, [autosave, data]);
}

function useArchive(autosave: RecordAutosave, projectId: string, record: OptimizationRecord | null) {
  const client = useQueryClient();
  const { toast } = useToast();
  return async (archived: boolean) => {
    if (record === null) return;
    await autosave.saveNow();
    try {
      const saved = await saveRecord(
        record.id,
        { archived },
        autosave.read().record?.revision ?? record.revision,
      );
      autosave.replace(saved);
      noteSavedRecord(client, projectId, saved);
      toast({
        title: archived ? "Archived. It is used for nothing new; its history stays." : "Brought back.",
        mark: "done",
      });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
}

function PersonalHints({ hints }: { hints: readonly PersonalHint[] }) {
  if (hints.length === 0) return null;
  return (
    <Callout tone="warning" title="This looks like personal data" className="mb-4">
      <ul className="list-disc ps-5">
        {hints.map((hint) => (
          <li key={hint.where + hint.found}>
            {hint.where}: <span dir="auto">{hint.found}</span>
          </li>
        ))}
      </ul>
      <p className="mt-1">
        It is saved here and was sent nowhere. Take it out unless the answer depends on it.
      </p>
    </Callout>
  );
}
