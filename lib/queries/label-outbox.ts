import type { CommitLabelInput, CommittedLabel } from "@/lib/contracts/labels";
import { ApiProblem } from "./api-fetch";

/** A label on its way. */
export interface OutboxEntry {
  /** Sent twice under one key, it is committed once. */
  key: string;
  itemId: string;
  input: CommitLabelInput;
}

/** Why labels wait: no connection, or a session that has ended. Null while all is well. */
export type OutboxTrouble = "offline" | "signed-out" | null;

export interface OutboxState {
  waiting: readonly OutboxEntry[];
  trouble: OutboxTrouble;
}

export interface OutboxDeps {
  send(entry: OutboxEntry): Promise<CommittedLabel>;
  onSent(entry: OutboxEntry, label: CommittedLabel): void;
  /** The server will never take it; it has left the outbox. */
  onRefused(entry: OutboxEntry, error: unknown): void;
  onChange(state: OutboxState): void;
  /** Of this tab alone: labels must not stay on a shared device (ux.md, rule 11). */
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;
  storageKey: string;
}

export interface LabelOutbox {
  add(entry: OutboxEntry): void;
  /**
   * Takes an entry back: out of the tab while it waits, else with `remove` once it is known what it became. Labels
   * given meanwhile wait, so that the server meets both in the order they were done. Rejects as `remove` does.
   */
  takeBack(key: string, remove: (labelId: string) => Promise<unknown>): Promise<void>;
  /** Tries again now. */
  flush(): Promise<void>;
  state(): OutboxState;
}

/**
 * Labels go out one after the other, in the order they were given. What cannot be sent now is kept in the tab, also
 * over a reload, and sent when the connection is back.
 */
export function createLabelOutbox(deps: OutboxDeps): LabelOutbox {
  return new TabOutbox(deps);
}

class TabOutbox implements LabelOutbox {
  private waiting: OutboxEntry[];
  private trouble: OutboxTrouble = null;
  private draining: Promise<void> | null = null;
  private current: { key: string; done: Promise<boolean> } | null = null;
  private takingBack: Promise<void> | null = null;
  /** Key of an entry → id of the label that it became. */
  private readonly sent = new Map<string, string>();

  constructor(private readonly deps: OutboxDeps) {
    this.waiting = restore(deps);
  }

  state(): OutboxState {
    return { waiting: this.waiting, trouble: this.trouble };
  }

  add(entry: OutboxEntry): void {
    this.change([...this.waiting, entry]);
    void this.flush();
  }

  flush(): Promise<void> {
    if (this.waiting.length === 0) return this.draining ?? Promise.resolve();
    this.draining ??= this.drain().finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  takeBack(key: string, remove: (labelId: string) => Promise<unknown>): Promise<void> {
    const flight = this.current?.key === key ? this.current.done : null;
    const before = this.takingBack ?? Promise.resolve();
    const removed = before.then(() => this.removeSent(key, flight, remove));
    // The caller is told of a failure; the labels behind it go out all the same.
    const settled: Promise<void> = removed
      .catch(() => undefined)
      .finally(() => {
        if (this.takingBack === settled) this.takingBack = null;
      });
    this.takingBack = settled;
    return removed;
  }

  private async removeSent(
    key: string,
    flight: Promise<unknown> | null,
    remove: (labelId: string) => Promise<unknown>,
  ): Promise<void> {
    await flight;
    // What has not been sent, or could not be, goes no more.
    if (this.waiting.some((entry) => entry.key === key)) this.drop(key);
    const labelId = this.sent.get(key);
    if (labelId !== undefined) await remove(labelId);
  }

  private async drain(): Promise<void> {
    for (;;) {
      while (this.takingBack) await this.takingBack;
      const entry = this.waiting[0];
      if (!entry) return;
      this.current = { key: entry.key, done: this.send(entry) };
      const isDone = await this.current.done;
      this.current = null;
      if (!isDone) return;
    }
  }

  /** False when the entry has to wait for the connection or for a session. */
  private async send(entry: OutboxEntry): Promise<boolean> {
    try {
      const label = await this.deps.send(entry);
      this.trouble = null;
      this.sent.set(entry.key, label.id);
      this.drop(entry.key);
      this.deps.onSent(entry, label);
      return true;
    } catch (error) {
      this.trouble = troubleOf(error);
      if (this.trouble === null) {
        this.drop(entry.key);
        this.deps.onRefused(entry, error);
        return true;
      }
      this.deps.onChange(this.state());
      return false;
    }
  }

  private drop(key: string): void {
    this.change(this.waiting.filter((entry) => entry.key !== key));
  }

  private change(next: OutboxEntry[]): void {
    this.waiting = next;
    keep(this.deps, next);
    this.deps.onChange(this.state());
  }
}

/** A server that was not reached, was busy or broke is asked again; so is one that wants us to sign in. */
function troubleOf(error: unknown): OutboxTrouble {
  if (!(error instanceof ApiProblem)) return null;
  if (error.code === "not-signed-in") return "signed-out";
  return error.code === "offline" ||
    error.code === "database-busy" ||
    error.code === "rate-limited" ||
    error.status >= 500
    ? "offline"
    : null;
}

function restore({ storage, storageKey }: OutboxDeps): OutboxEntry[] {
  try {
    return JSON.parse(storage?.getItem(storageKey) ?? "[]") as OutboxEntry[];
  } catch {
    // Unreadable: written by another version of this page. The server has what was sent.
    return [];
  }
}

function keep({ storage, storageKey }: OutboxDeps, waiting: readonly OutboxEntry[]): void {
  try {
    if (waiting.length === 0) storage?.removeItem(storageKey);
    else storage?.setItem(storageKey, JSON.stringify(waiting));
  } catch {
    // Storage is full or blocked: the entries live in the page, and are lost only by closing the tab.
  }
}
