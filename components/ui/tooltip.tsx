"use client";

import { Slot } from "radix-ui";
import { type ReactNode, useId, useRef } from "react";
import { LazyBubble } from "./lazy-bubble";
import { useBubble } from "./use-bubble";

interface TooltipProps {
  /** A few words. What people must know belongs on the page, or in a `Term`. */
  content: ReactNode;
  /** One element that takes the focus. */
  children: ReactNode;
  /** The content is the name that the element has anyway: it is not read out twice. */
  isName?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}

/** A name or a key on hover and focus. Esc closes it; it stays while pointed at. */
export function Tooltip({ content, children, isName = false, side = "bottom" }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const { isOpen, close, hoverProps, anchorProps } = useBubble({ press: "closes", openAfterMs: 350 });
  return (
    <>
      <Slot.Root ref={anchor} {...anchorProps} {...(isName ? {} : { "aria-describedby": id })}>
        {children}
      </Slot.Root>
      {!isName && (
        <span id={id} hidden>
          {content}
        </span>
      )}
      <LazyBubble
        isNeeded={isOpen}
        anchor={anchor}
        isOpen={isOpen}
        onClose={close}
        role="tooltip"
        side={side}
        className="z-50 max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-high"
        {...hoverProps}
      >
        {content}
      </LazyBubble>
    </>
  );
}
