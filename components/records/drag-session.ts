/** Pixels from the edge of what scrolls within which a dragged row scrolls it, and how far in a frame. */
const EDGE_PX = 48;
const SCROLL_PX = 10;

interface DragOptions {
  /** What was pressed; it keeps the pointer until the end. */
  handle: HTMLElement;
  pointerId: number;
  startY: number;
  /** Holds the rows. */
  list: HTMLElement;
  /** How far the pointer is from where it began, in pixels of the list, however the page has scrolled. */
  onMove: (by: number) => void;
  onEnd: (outcome: "dropped" | "cancelled") => void;
}

/**
 * Follows one pointer, mouse or finger, until it is lifted (dropped), or until Escape is pressed or the system takes it
 * away (cancelled). Gives back a way to cancel it.
 */
export function beginDrag({ handle, pointerId, startY, list, onMove, onEnd }: DragOptions): () => void {
  const over = new AbortController();
  const { signal } = over;
  const startInList = startY - list.getBoundingClientRect().top;
  let pointerY = startY;
  const tell = () => onMove(pointerY - list.getBoundingClientRect().top - startInList);
  const end = (outcome: "dropped" | "cancelled") => {
    if (signal.aborted) return;
    over.abort();
    if (handle.hasPointerCapture(pointerId)) handle.releasePointerCapture(pointerId);
    onEnd(outcome);
  };
  const ofThisPointer = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === pointerId) act(event);
  };
  handle.setPointerCapture(pointerId);
  handle.addEventListener(
    "pointermove",
    ofThisPointer((event) => {
      pointerY = event.clientY;
      tell();
    }),
    { signal },
  );
  handle.addEventListener(
    "pointerup",
    ofThisPointer(() => end("dropped")),
    { signal },
  );
  for (const lost of ["pointercancel", "lostpointercapture"] as const)
    handle.addEventListener(
      lost,
      ofThisPointer(() => end("cancelled")),
      { signal },
    );
  // before anything else hears it: Escape would also close the record
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      end("cancelled");
    },
    { signal, capture: true },
  );
  scrollAtEdges(list, () => pointerY, tell, signal);
  return () => end("cancelled");
}

/** Scrolls while the pointer is at an edge and a part of the list lies beyond it. */
function scrollAtEdges(list: HTMLElement, pointerY: () => number, scrolled: () => void, signal: AbortSignal) {
  const scroller = scrollerOf(list);
  const frame = () => {
    if (signal.aborted) return;
    const isPage = scroller === document.scrollingElement;
    const box = scroller.getBoundingClientRect();
    const top = isPage ? 0 : Math.max(0, box.top);
    const bottom = isPage ? window.innerHeight : Math.min(window.innerHeight, box.bottom);
    const { top: listTop, bottom: listBottom } = list.getBoundingClientRect();
    const before = scroller.scrollTop;
    if (pointerY() < top + EDGE_PX && listTop < top) scroller.scrollTop -= SCROLL_PX;
    else if (pointerY() > bottom - EDGE_PX && listBottom > bottom) scroller.scrollTop += SCROLL_PX;
    if (scroller.scrollTop !== before) scrolled();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === "auto" || overflowY === "scroll") && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
