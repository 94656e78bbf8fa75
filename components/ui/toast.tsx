"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { lazyPart } from "./lazy-part";
import type { MarkKind } from "./mark";

export interface ToastMessage {
  /** What happened, in one sentence: "Saved, 4 of 12." */
  title: string;
  description?: string;
  mark?: MarkKind;
  /** A way back, such as Undo. It must also exist elsewhere on the page, for good. */
  action?: { label: string; onSelect: () => void };
  /** Default 6 s, 12 s with an action. Pauses while pointed at or focused. */
  durationMs?: number;
}

/** A message on its way, known by its id. */
export type ShownToast = ToastMessage & { id: number };

interface ToastControls {
  /** Shows a message and reads it out politely. Returns its id. */
  toast: (message: ToastMessage) => number;
  dismiss: (id: number) => void;
}

const ToastContext = createContext<ToastControls | null>(null);

/** Short messages about what has just been done. */
export function useToast(): ToastControls {
  const controls = useContext(ToastContext);
  if (!controls) throw new Error("useToast needs a ToastProvider above it");
  return controls;
}

const MAX_VISIBLE = 3;

const LazyToastList = lazyPart(() => import("./toast-list").then((module) => module.ToastList));

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly ShownToast[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback((id: number) => {
    setMessages((shown) => shown.filter((message) => message.id !== id));
  }, []);
  const toast = useCallback((message: ToastMessage) => {
    const id = nextId.current++;
    setMessages((shown) => [...shown, { ...message, id }].slice(-MAX_VISIBLE));
    return id;
  }, []);
  const controls = useMemo(() => ({ toast, dismiss }), [toast, dismiss]);
  return (
    <ToastContext value={controls}>
      {children}
      <LazyToastList isNeeded={messages.length > 0} messages={messages} onDismiss={dismiss} />
    </ToastContext>
  );
}
