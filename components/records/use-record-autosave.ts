"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useToast } from "@/components/ui/toast";
import type { OptimizationRecord, SavedRecord } from "@/lib/contracts/records";
import { ApiProblem, wordsOf } from "@/lib/queries/api-fetch";
import { noteSavedRecord } from "@/lib/queries/record-cache";
import { conflictOf, createRecord, saveRecord } from "@/lib/queries/records";
import { emptyDraft, toDraft } from "@/lib/view-models/record-draft";
import { keepDraft, readKeptDraft } from "./draft-store";
import { type EditorState, RecordAutosave, type SaveFailure } from "./record-autosave";

interface Options {
  projectId: string;
  /** Null = a new record. */
  record: OptimizationRecord | null;
  /** Fields that the prompt asks for. */
  fieldNames: readonly string[];
  onCreated: (recordId: string) => void;
}

/** The autosave of one editor, and its state. What is typed is saved also when the editor is closed meanwhile. */
export function useRecordAutosave({
  projectId,
  record,
  fieldNames,
  onCreated,
}: Options): [RecordAutosave, EditorState] {
  const client = useQueryClient();
  const { toast } = useToast();
  const created = useRef(onCreated);
  const isShown = useRef(true);
  useEffect(() => {
    created.current = onCreated;
  });
  const [autosave] = useState(() => {
    const key = crypto.randomUUID();
    const base = record === null ? emptyDraft(fieldNames) : toDraft(record, fieldNames);
    return new RecordAutosave(
      { record, draft: base, base },
      {
        create: (content) => createRecord(projectId, content, key),
        save: saveRecord,
        failureOf: (error) => {
          const failure = toFailure(error);
          if (!isShown.current)
            toast({ title: "A record could not be saved: its words are kept in this tab.", mark: "warning" });
          return failure;
        },
        keep: (recordId, kept) => keepDraft(projectId, recordId, kept),
        onCreated: (saved: SavedRecord) => isShown.current && created.current(saved.id),
        onSaved: (saved: SavedRecord) => noteSavedRecord(client, projectId, saved),
        after: (delayMs, task) => {
          const timer = setTimeout(task, delayMs);
          return () => clearTimeout(timer);
        },
        now: () => Date.now(),
      },
    );
  });
  useLifetime(autosave, projectId, record?.id ?? null, isShown);
  return [autosave, useSyncExternalStore(autosave.subscribe, autosave.read, autosave.read)];
}

/** Takes up kept words; saves on leaving, on hiding and when the connection is back; warns before the tab is closed. */
function useLifetime(
  autosave: RecordAutosave,
  projectId: string,
  recordId: string | null,
  isShown: { current: boolean },
) {
  useEffect(() => {
    isShown.current = true;
    const kept = readKeptDraft(projectId, recordId);
    if (kept && !autosave.hasUnsaved()) autosave.restore(kept);
    const save = () => void autosave.saveNow();
    const onHide = () => document.visibilityState === "hidden" && save();
    const onLeave = (event: BeforeUnloadEvent) => autosave.hasUnsaved() && event.preventDefault();
    window.addEventListener("online", save);
    window.addEventListener("beforeunload", onLeave);
    document.addEventListener("visibilitychange", onHide);
    return () => {
      isShown.current = false;
      window.removeEventListener("online", save);
      window.removeEventListener("beforeunload", onLeave);
      document.removeEventListener("visibilitychange", onHide);
      save();
    };
  }, [autosave, projectId, recordId, isShown]);
}

function toFailure(error: unknown): SaveFailure {
  const theirs = conflictOf(error);
  if (theirs) return { kind: "conflict", theirs };
  const isPassing =
    error instanceof ApiProblem &&
    (error.status === 0 || error.status >= 500 || ["not-signed-in", "rate-limited"].includes(error.code));
  const places =
    error instanceof ApiProblem ? error.errors.map(({ path, message }) => `${path}: ${message}`) : [];
  const detail = [wordsOf(error), ...places.slice(0, 3)].join(" ");
  return { kind: isPassing ? "later" : "never", detail };
}
