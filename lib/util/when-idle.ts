/** Runs a task when the browser has nothing better to do; returns a way to call it off. Outside a browser never. */
export function whenIdle(task: () => void): () => void {
  if (typeof window === "undefined") return () => undefined;
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(task, { timeout: 4_000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(task, 2_000);
  return () => clearTimeout(timer);
}
