import type { MouseEvent } from "react";

/** A plain press stays on this page; with Ctrl or ⌘ the link opens as links do. */
export function intercept(event: MouseEvent, act: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  act();
}
