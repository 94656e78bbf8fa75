import type { KeptDraft } from "./record-autosave";

const keyOf = (projectId: string, recordId: string | null): string =>
  `touchstone.draft.${recordId ?? `new.${projectId}`}`;

/** Keeps words that are not on the server yet, in this tab alone (ux.md, rule 11); null forgets them. */
export function keepDraft(projectId: string, recordId: string | null, kept: KeptDraft | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(keyOf(projectId, recordId));
    else sessionStorage.setItem(keyOf(projectId, recordId), JSON.stringify(kept));
  } catch {
    // Storage is blocked or full: the words are still in the editor, which says that they are not saved.
  }
}

/** Words that this tab kept; null when there are none. */
export function readKeptDraft(projectId: string, recordId: string | null): KeptDraft | null {
  try {
    const text = sessionStorage.getItem(keyOf(projectId, recordId));
    return text === null ? null : (JSON.parse(text) as KeptDraft);
  } catch {
    // Blocked, or written by an older page: nothing to go on from.
    return null;
  }
}
