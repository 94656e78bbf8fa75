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
  /** Takes an entry out before it was sent. False when it is under way or gone. */
  cancel(key: string): boolean;
  /** Id of the label that an entry became; null when it was refused or is not known. */
  labelIdOf(key: string): Promise<string | null>;
  /** Tries again now. */
  flush(): Promise<void>;
  state(): OutboxState;
}

/**
 * Labels go out one after the other, in the order they were given. What cannot be sent now is kept in the tab, also
 * over a reload, and sent when the connection is back.
 */
export function createLabelOutbox(deps: OutboxDeps): LabelOutbox {
  let waiting: OutboxEntry[] = restore(deps);
  let trouble: OutboxTrouble = null;
  let flying: { key: string; done: Promise<void> } | null = null;
  const sent = new Map<string, string>();

  const change = (next: OutboxEntry[]): void => {
    waiting = next;
    keep(deps, waiting);
    deps.onChange({ waiting, trouble });
  };

  const sendFirst = async (entry: OutboxEntry): Promise<boolean> => {
    try {
      const label = await deps.send(entry);
      trouble = null;
      sent.set(entry.key, label.id);
      change(waiting.filter(({ key }) => key !== entry.key));
      deps.onSent(entry, label);
      return true;
    } catch (error) {
      trouble = troubleOf(error);
      if (trouble === null) {
        change(waiting.filter(({ key }) => key !== entry.key));
        deps.onRefused(entry, error);
        return true;
      }
      deps.onChange({ waiting, trouble });
      return false;
    }
  };

  const drain = async (): Promise<void> => {
    for (let entry = waiting[0]; entry; entry = waiting[0]) {
      flying = { ...(flying ?? { done: Promise.resolve() }), key: entry.key };
      if (!(await sendFirst(entry))) return;
    }
  };

  const flush = (): Promise<void> => {
    if (flying) return flying.done;
    const [first] = waiting;
    if (!first) return Promise.resolve();
    const done = drain().finally(() => {
      flying = null;
    });
    flying = { key: first.key, done };
    return done;
  };

  return {
    flush,
    state: () => ({ waiting, trouble }),
    add: (entry) => {
      change([...waiting, entry]);
      void flush();
    },
    cancel: (key) => {
      if (flying?.key === key || !waiting.some((entry) => entry.key === key)) return false;
      change(waiting.filter((entry) => entry.key !== key));
      return true;
    },
    labelIdOf: async (key) => {
      if (flying) await flying.done;
      return sent.get(key) ?? null;
    },
  };
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
