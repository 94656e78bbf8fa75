"use client";

import { useRef, useState } from "react";

/** How long answers took on this page, in milliseconds. The first counts from the first act on it. */
export function usePace(): { durations: readonly number[]; note(): void; restart(): void } {
  const [durations, setDurations] = useState<readonly number[]>([]);
  const shownAt = useRef<number | null>(null);
  const restart = (): void => {
    shownAt.current = performance.now();
  };
  return {
    durations,
    restart,
    note: () => {
      const since = shownAt.current;
      restart();
      if (since !== null) setDurations((before) => [...before, performance.now() - since]);
    },
  };
}
