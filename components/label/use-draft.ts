"use client";

import { useEffect, useState } from "react";
import type { GradeChoice, LabelItem } from "@/lib/contracts/labels";
import { draftOf, EMPTY_DRAFT, type LabelDraft } from "@/lib/view-models/label-form";
import { tabStorage } from "./use-outbox";

const keyOf = (itemId: string): string => `touchstone.label.draft.${itemId}`;

export interface DraftControls {
  draft: LabelDraft;
  change(changes: Partial<LabelDraft>): void;
  /** What was put down for this answer is sent: nothing of it stays in the tab. */
  forget(itemId: string): void;
  /** Brings back what was put down for an answer that is shown again. */
  restore(itemId: string, draft: LabelDraft): void;
}

/** What a person has put down for the answer in front of them; it survives a reload of the tab, and no more (ux.md, rule 11). */
export function useDraft(item: LabelItem | null, grades: readonly GradeChoice[]): DraftControls {
  const [drafts, setDrafts] = useState<Readonly<Record<string, LabelDraft>>>({});
  const itemId = item?.itemId ?? null;
  // After the first paint: the server knows nothing of this tab, and both must draw the same.
  useEffect(() => {
    const stored = itemId === null ? null : storedDraft(itemId);
    if (itemId !== null && stored) setDrafts((before) => ({ [itemId]: stored, ...before }));
  }, [itemId]);
  const draft = item ? (drafts[item.itemId] ?? draftOf(item, grades)) : EMPTY_DRAFT;
  const put = (id: string, next: LabelDraft): void => {
    setDrafts((before) => ({ ...before, [id]: next }));
    storeDraft(id, next);
  };
  return {
    draft,
    change: (changes) => item && put(item.itemId, { ...draft, ...changes }),
    restore: put,
    forget: (id) => {
      setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== id)));
      storeDraft(id, null);
    },
  };
}

function storedDraft(itemId: string): LabelDraft | null {
  try {
    return JSON.parse(tabStorage()?.getItem(keyOf(itemId)) ?? "null") as LabelDraft | null;
  } catch {
    // Unreadable: the answer begins afresh.
    return null;
  }
}

function storeDraft(itemId: string, draft: LabelDraft | null): void {
  try {
    if (draft === null) tabStorage()?.removeItem(keyOf(itemId));
    else tabStorage()?.setItem(keyOf(itemId), JSON.stringify(draft));
  } catch {
    // Storage is full: the draft lives in the page.
  }
}
