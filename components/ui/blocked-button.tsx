"use client";

import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { LazyBubble } from "./lazy-bubble";
import { popoverSurface } from "./popover-surface";

interface BlockedButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Why it is blocked, possibly with links to what is missing. */
  reason: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** Looks set aside, takes the focus, and says why on press. Use it through `Button`. */
export function BlockedButton({ reason, children, ref, ...rest }: BlockedButtonProps) {
  const reasonId = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        {...rest}
        ref={(node) => {
          anchor.current = node;
          if (typeof ref === "function") ref(node);
          else if (ref) ref.current = node;
        }}
        type="button"
        aria-disabled="true"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-describedby={reasonId}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      <span id={reasonId} hidden>
        {reason}
      </span>
      <LazyBubble
        isNeeded={isOpen}
        anchor={anchor}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        role="dialog"
        label="Why this is not possible now"
        className={popoverSurface}
      >
        {reason}
      </LazyBubble>
    </>
  );
}
