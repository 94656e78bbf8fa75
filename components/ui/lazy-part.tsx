"use client";

import { type ComponentType, useEffect, useState, useSyncExternalStore } from "react";
import { whenIdle } from "@/lib/util/when-idle";

/**
 * A part of the page that is shown only on demand, such as a bubble or a dialog. Its code is
 * fetched when the browser is idle, or at the latest when it is needed; until then, and when the
 * network is gone, nothing is shown. Unlike React.lazy it never throws: a page that someone is
 * typing in must not break for want of a tooltip.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props & { isNeeded: boolean }> {
  let part: ComponentType<Props> | null = null;
  let isLoading = false;
  const listeners = new Set<() => void>();

  function fetchPart() {
    if (part || isLoading) return;
    isLoading = true;
    load()
      .then((loaded) => {
        part = loaded;
        for (const listener of listeners) listener();
      })
      // Offline: tried again when it is needed next.
      .catch(() => undefined)
      .finally(() => {
        isLoading = false;
      });
  }

  function subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return function LazyPart({ isNeeded, ...props }: Props & { isNeeded: boolean }) {
    const Part = useSyncExternalStore(
      subscribe,
      () => part,
      () => null,
    );
    const [wasNeeded, setWasNeeded] = useState(false);
    if (isNeeded && !wasNeeded) setWasNeeded(true);
    useEffect(() => (isNeeded ? fetchPart() : whenIdle(fetchPart)), [isNeeded]);
    return Part && wasNeeded ? <Part {...(props as unknown as Props)} /> : null;
  };
}
