"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { CommittedLabel } from "@/lib/contracts/labels";
import {
  createLabelOutbox,
  type LabelOutbox,
  type OutboxEntry,
  type OutboxState,
} from "@/lib/queries/label-outbox";
import { sendLabel } from "@/lib/queries/labels";

const TRY_AGAIN_MS = 5_000;

interface OutboxHandlers {
  onSent(entry: OutboxEntry, label: CommittedLabel): void;
  onRefused(entry: OutboxEntry, error: unknown): void;
}

/** Labels on their way from this tab. What waits is tried again when the connection is back, and every few seconds. */
export function useOutbox(
  storageKey: string,
  handlers: OutboxHandlers,
): { outbox: LabelOutbox | null; state: OutboxState } {
  const [state, setState] = useState<OutboxState>({ waiting: [], trouble: null });
  const [outbox, setOutbox] = useState<LabelOutbox | null>(null);
  const onSent = useEffectEvent(handlers.onSent);
  const onRefused = useEffectEvent(handlers.onRefused);

  useEffect(() => {
    const made = createLabelOutbox({
      send: ({ input, key }) => sendLabel(input, key),
      onSent: (entry, label) => onSent(entry, label),
      onRefused: (entry, error) => onRefused(entry, error),
      onChange: setState,
      storage: tabStorage(),
      storageKey,
    });
    setOutbox(made);
    setState(made.state());
    const flush = (): void => void made.flush();
    flush();
    window.addEventListener("online", flush);
    const timer = setInterval(flush, TRY_AGAIN_MS);
    return () => {
      window.removeEventListener("online", flush);
      clearInterval(timer);
    };
  }, [storageKey]);

  return { outbox, state };
}

/** Storage of this tab; null where the browser allows none. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    // Blocked by the browser's settings: what waits then lives in the page alone.
    return null;
  }
}
