"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { type AnnouncementQueue, createAnnouncementQueue } from "./announcement-queue";

type Announce = AnnouncementQueue["announce"];

const AnnounceContext = createContext<Announce | null>(null);

/**
 * Reads a sentence to screen readers, politely. A run announces with
 * `{ channel: "run", minIntervalMs: 10_000 }`.
 */
export function useAnnounce(): Announce {
  const announce = useContext(AnnounceContext);
  if (!announce) throw new Error("useAnnounce needs an AnnouncerProvider above it");
  return announce;
}

/** Holds the one polite live region of a page. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const [queue] = useState(() =>
    createAnnouncementQueue({
      now: () => performance.now(),
      after: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
      say: (sentence) => speak(region.current, sentence),
    }),
  );
  useEffect(() => () => queue.clear(), [queue]);
  return (
    <AnnounceContext value={queue.announce}>
      {children}
      <div ref={region} role="status" aria-live="polite" aria-atomic="true" className="sr-only" />
    </AnnounceContext>
  );
}

/** A new node each time, so that the same sentence said twice is read twice. */
function speak(region: HTMLElement | null, sentence: string) {
  if (!region) return;
  const line = document.createElement("p");
  line.textContent = sentence;
  region.replaceChildren(line);
}
