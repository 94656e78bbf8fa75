import type { OptimizationRecord, PersonalHint, SavedRecord } from "@/lib/contracts/records";
import {
  isSameContent,
  isWorthKeeping,
  type RecordContent,
  type RecordDraft,
  toContent,
  toDraft,
} from "@/lib/view-models/record-draft";

/** Where a record stands between the keyboard and the server. */
export type SaveState =
  /** Nothing to save: as it came from the server, or a new record with nothing in it. */
  | { kind: "clean" }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "saved"; at: number }
  /** Not on the server, but in this tab; it is tried again by itself. */
  | { kind: "kept"; detail: string }
  /** The server will not take it as it is. It stays in this tab until it is changed. */
  | { kind: "refused"; detail: string }
  | { kind: "conflict"; theirs: OptimizationRecord };

export interface EditorState {
  /** Null until a new record is first saved. */
  record: OptimizationRecord | null;
  draft: RecordDraft;
  save: SaveState;
  hints: readonly PersonalHint[];
  canUndo: boolean;
  canRedo: boolean;
}

/** What is kept in the tab: enough to go on, also against a newer state of the server. */
export interface KeptDraft {
  revision: number;
  base: RecordDraft;
  draft: RecordDraft;
}

/** Why a save failed, as far as it matters here. */
export type SaveFailure =
  | { kind: "conflict"; theirs: OptimizationRecord }
  | { kind: "later"; detail: string }
  | { kind: "never"; detail: string };

/** What the autosave needs from the outside; fakes in tests. */
export interface AutosavePorts {
  create(content: RecordContent): Promise<SavedRecord>;
  save(recordId: string, content: RecordContent, revision: number): Promise<SavedRecord>;
  failureOf(error: unknown): SaveFailure;
  /** Keeps words in the tab; null forgets them. */
  keep(recordId: string | null, kept: KeptDraft | null): void;
  onCreated(record: SavedRecord): void;
  onSaved(record: SavedRecord): void;
  /** Runs the task once after a delay; returns a way to call it off. */
  after(delayMs: number, task: () => void): () => void;
  now(): number;
}

const SAVE_AFTER_MS = 900;
const RETRY_AFTER_MS = [3_000, 8_000, 20_000, 60_000] as const;
/** Typing in one place within this time is one step of undo. */
const ONE_STEP_MS = 1_500;
const MAX_STEPS = 200;

interface AutosaveStart {
  record: OptimizationRecord | null;
  draft: RecordDraft;
  /** The record as the server has it. */
  base: RecordDraft;
}

/**
 * Saves a record while it is edited: one save at a time, each onto the revision that came back from the last. Words
 * that are not on the server yet are kept in the tab. It lives on after its editor is closed, until all is saved.
 */
export class RecordAutosave {
  readonly #ports: AutosavePorts;
  readonly #listeners = new Set<() => void>();
  readonly #steps: RecordDraft[] = [];
  /** What was taken back, the last one last; empty as soon as something new is done. */
  readonly #undone: RecordDraft[] = [];
  #base: RecordDraft;
  #lastStep = { name: "", at: 0 };
  #isAtWork = false;
  #failures = 0;
  /** Sent without an answer: it may be on the server, or not. */
  #inDoubt: RecordDraft | null = null;
  #callOff = (): void => {};
  #state: EditorState;

  constructor({ record, draft, base }: AutosaveStart, ports: AutosavePorts) {
    this.#ports = ports;
    this.#base = base;
    this.#state = { record, draft, save: { kind: "clean" }, hints: [], canUndo: false, canRedo: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): EditorState => this.#state;

  /** @param step what is edited, so that typing in one place is one step of undo */
  change(step: string, edit: (draft: RecordDraft) => RecordDraft): void {
    const at = this.#ports.now();
    if (step !== this.#lastStep.name || at - this.#lastStep.at > ONE_STEP_MS) this.#remember();
    this.#undone.length = 0;
    this.#lastStep = { name: step, at };
    this.#put(edit(this.#state.draft));
  }

  undo(): void {
    const before = this.#steps.pop();
    this.#lastStep = { name: "", at: 0 };
    if (!before) return;
    this.#undone.push(this.#state.draft);
    this.#put(before);
  }

  /** Does again what was taken back last. */
  redo(): void {
    const after = this.#undone.pop();
    this.#lastStep = { name: "", at: 0 };
    if (!after) return;
    this.#steps.push(this.#state.draft);
    this.#put(after);
  }

  /** Saves at once: the editor is left, the connection is back, a person asks for it. */
  async saveNow(): Promise<void> {
    this.#callOff();
    if (this.#isAtWork || this.#state.save.kind === "conflict" || !this.hasUnsaved()) return;
    this.#isAtWork = true;
    const sent = this.#state.draft;
    this.#set({ save: { kind: "saving" } });
    try {
      this.#land(await this.#send(sent), sent);
    } catch (error) {
      this.#fail(this.#ports.failureOf(error), sent);
    }
  }

  /** Goes on from words that were kept in this tab. When somebody saved meanwhile, that is a conflict. */
  restore(kept: KeptDraft): void {
    const { record } = this.#state;
    const isBehind =
      record !== null && kept.revision < record.revision && !isSameContent(kept.base, this.#base);
    if (!isBehind || isSameContent(kept.draft, this.#base)) {
      this.#put(kept.draft);
      return;
    }
    this.#base = kept.base;
    this.#set({ draft: kept.draft, save: { kind: "conflict", theirs: record } });
    this.#keepInTab();
  }

  /** The state that both sides of a conflict started from. */
  baseOfConflict(): RecordDraft {
    return this.#base;
  }

  /** Ends a conflict: `draft` is what shall stand, saved onto the other's revision. Undo brings back what was here. */
  settle(theirs: OptimizationRecord, draft: RecordDraft): void {
    this.#remember();
    this.#base = toDraft(theirs);
    this.#set({ record: theirs, save: { kind: "clean" } });
    this.#put(draft);
    void this.saveNow();
  }

  /** Takes over what another act has saved, such as a restored revision. */
  replace({ hints, ...record }: SavedRecord): void {
    this.#remember();
    this.#base = toDraft(record);
    this.#set({ record, draft: this.#base, hints, save: { kind: "saved", at: this.#ports.now() } });
    this.#keepInTab();
  }

  /**
   * The server has a newer state than the list had. It is taken over where nothing was typed here; where something was,
   * only its number is, and only when it says the same as what the typing began from.
   */
  refresh(record: OptimizationRecord): void {
    if (record.revision <= (this.#state.record?.revision ?? 0)) return;
    if (!this.hasUnsaved()) {
      this.#base = toDraft(record);
      this.#set({ record, draft: this.#base });
    } else if (isSameContent(toDraft(record), this.#base)) this.#set({ record });
  }

  /** Whether anything here is not on the server. */
  hasUnsaved(): boolean {
    const { record, draft } = this.#state;
    return record === null ? isWorthKeeping(draft) : !isSameContent(this.#base, draft);
  }

  #set(next: Partial<EditorState>): void {
    this.#state = {
      ...this.#state,
      ...next,
      canUndo: this.#steps.length > 0,
      canRedo: this.#undone.length > 0,
    };
    for (const listener of this.#listeners) listener();
  }

  #remember(): void {
    this.#steps.push(this.#state.draft);
    this.#undone.length = 0;
    if (this.#steps.length > MAX_STEPS) this.#steps.shift();
  }

  #keepInTab(): void {
    const { record, draft } = this.#state;
    const kept = this.hasUnsaved() ? { revision: record?.revision ?? 0, base: this.#base, draft } : null;
    this.#ports.keep(record?.id ?? null, kept);
  }

  #schedule(delayMs: number): void {
    this.#callOff();
    this.#callOff = this.#ports.after(delayMs, () => void this.saveNow());
  }

  #put(draft: RecordDraft): void {
    this.#set({ draft });
    this.#keepInTab();
    if (this.#state.save.kind === "conflict") return;
    this.#failures = 0;
    if (!this.#isAtWork) this.#set({ save: { kind: this.hasUnsaved() ? "waiting" : "clean" } });
    if (this.hasUnsaved()) this.#schedule(SAVE_AFTER_MS);
  }

  #send(draft: RecordDraft): Promise<SavedRecord> {
    const { record } = this.#state;
    const content = toContent(draft);
    return record === null
      ? this.#ports.create(content)
      : this.#ports.save(record.id, content, record.revision);
  }

  #land({ hints, ...record }: SavedRecord, sent: RecordDraft): void {
    this.#isAtWork = false;
    this.#failures = 0;
    this.#inDoubt = null;
    const isNew = this.#state.record === null;
    // words kept for a record without an id now belong to this one
    if (isNew) this.#ports.keep(null, null);
    this.#base = sent;
    this.#set({ record, hints, save: { kind: "saved", at: this.#ports.now() } });
    this.#keepInTab();
    if (isNew) this.#ports.onCreated({ ...record, hints });
    this.#ports.onSaved({ ...record, hints });
    if (!this.hasUnsaved()) return;
    this.#set({ save: { kind: "waiting" } });
    this.#schedule(SAVE_AFTER_MS);
  }

  /**
   * A newer revision that says nothing new is nothing to ask about: a change that was taken back meanwhile, or words of
   * this editor whose answer was lost on the way. False when somebody else has changed what it says.
   */
  #goOnFrom(theirs: OptimizationRecord, sent: RecordDraft): boolean {
    const there = toDraft(theirs);
    const known = [sent, this.#inDoubt, this.#base].find((draft) => draft && isSameContent(there, draft));
    if (!known) return false;
    this.#land({ ...theirs, hints: [...this.#state.hints] }, known);
    return true;
  }

  #fail(failure: SaveFailure, sent: RecordDraft): void {
    this.#isAtWork = false;
    this.#keepInTab();
    if (failure.kind === "conflict") {
      if (!this.#goOnFrom(failure.theirs, sent))
        this.#set({ save: { kind: "conflict", theirs: failure.theirs } });
    } else if (failure.kind === "never") {
      this.#set({ save: { kind: "refused", detail: failure.detail } });
    } else {
      this.#inDoubt = sent;
      this.#set({ save: { kind: "kept", detail: failure.detail } });
      this.#schedule(RETRY_AFTER_MS[Math.min(this.#failures, RETRY_AFTER_MS.length - 1)] ?? 60_000);
      this.#failures += 1;
    }
  }
}
