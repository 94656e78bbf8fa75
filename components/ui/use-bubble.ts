"use client";

import { type FocusEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from "react";

const OPEN_AFTER_MS = 120;
/** Long enough to move the pointer from the word to its bubble. */
const CLOSE_AFTER_MS = 180;

interface UseBubbleOptions {
  /** `opens`: a press pins it until the next one. `closes`: a press does something else. */
  press: "opens" | "closes";
  openAfterMs?: number;
}

/**
 * When a bubble is open: on hover and focus, and on tap if a press opens it. It stays while
 * pointed at; Esc and a press elsewhere close it through `close` (WCAG 1.4.13).
 */
export function useBubble({ press, openAfterMs = OPEN_AFTER_MS }: UseBubbleOptions) {
  const [isOpen, setOpenState] = useState(false);
  const isPinned = useRef(false);
  const isPressed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const setOpen = (open: boolean) => {
    clearTimeout(timer.current);
    if (!open) isPinned.current = false;
    setOpenState(open);
  };
  const setOpenSoon = (open: boolean, event: PointerEvent) => {
    if (event.pointerType === "touch" || isPinned.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(open), open ? openAfterMs : CLOSE_AFTER_MS);
  };
  const hoverProps = {
    onPointerEnter: (event: PointerEvent) => setOpenSoon(true, event),
    onPointerLeave: (event: PointerEvent) => setOpenSoon(false, event),
  };
  const anchorProps = {
    ...hoverProps,
    onPointerDown: () => {
      isPressed.current = true;
    },
    // A press focuses too: then the click that follows decides, not the focus.
    onFocus: (event: FocusEvent<HTMLElement>) => {
      if (!isPressed.current && event.currentTarget.matches(":focus-visible")) setOpen(true);
    },
    onBlur: () => {
      isPressed.current = false;
      setOpen(false);
    },
    onClick: (event: MouseEvent) => {
      isPressed.current = false;
      if (press === "closes") return setOpen(false);
      event.preventDefault();
      const willOpen = !isPinned.current;
      setOpen(willOpen);
      isPinned.current = willOpen;
    },
  };
  return { isOpen, close: () => setOpen(false), hoverProps, anchorProps };
}
