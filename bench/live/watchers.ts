/** Holds an event stream open and reads it to nothing, as a browser tab that is not looked at. */
export function watchStream(url: string, cookie: string): { frames(): number; close(): void } {
  const closing = new AbortController();
  let frames = 0;
  const read = async (): Promise<void> => {
    const response = await fetch(url, { headers: { cookie }, signal: closing.signal });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) frames += decoder.decode(chunk).split("\n\n").length - 1;
  };
  read().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  return { frames: () => frames, close: () => closing.abort() };
}

/** In the page: long tasks, layout shifts, and when each count of scored answers was on the screen. */
export function observePage(): void {
  const seen: [number, number][] = [];
  const tasks: number[] = [];
  let shift = 0;
  Object.assign(window, { bench: { seen, tasks, shift: () => shift } });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  let last = 0;
  // The number that the page says, without asking for a layout, which would be time of the bench's own.
  const look = (): void => {
    const bar = document.querySelector('[role="progressbar"][aria-label="Scored answers used"]');
    const count = Number(bar?.getAttribute("aria-valuenow") ?? 0);
    if (count <= last) return;
    last = count;
    // Painted is what a frame later is past.
    requestAnimationFrame(() =>
      setTimeout(() => seen.push([count, performance.timeOrigin + performance.now()])),
    );
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["aria-valuenow"],
    });
  });
}
