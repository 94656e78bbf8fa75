"use client";

import { type ReactNode, useId, useRef } from "react";
import { TERMS, type TermCode } from "@/lib/contracts/terms";
import { cx } from "./cx";
import { LazyBubble } from "./lazy-bubble";
import { popoverSurface } from "./popover-surface";
import { useBubble } from "./use-bubble";

interface TermProps {
  code: TermCode;
  /** The words on the page when they differ in form, such as a plural. Default: the name on screen. */
  children?: ReactNode;
  className?: string;
}

/**
 * A word with a dotted underline that explains itself on hover, focus and tap, stays while
 * pointed at, and closes with Esc (WCAG 1.4.13).
 */
export function Term({ code, children, className }: TermProps) {
  const term = TERMS[code];
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const { isOpen, close, hoverProps, anchorProps } = useBubble({ press: "opens" });
  return (
    <>
      <button
        ref={anchor}
        type="button"
        {...anchorProps}
        aria-describedby={id}
        data-term={code}
        className={cx(
          "calm inline cursor-help rounded-sm py-0.5 text-start underline decoration-ink-faint decoration-dotted decoration-1 underline-offset-4 hover:decoration-ink",
          className,
        )}
      >
        {children ?? term.screen}
      </button>
      <span id={id} hidden>
        {term.meaning}
      </span>
      <LazyBubble
        isNeeded={isOpen}
        anchor={anchor}
        isOpen={isOpen}
        onClose={close}
        role="tooltip"
        className={popoverSurface}
        {...hoverProps}
      >
        <p>{term.meaning}</p>
        {term.technical && (
          <p className="mt-2 text-xs text-ink-muted">
            Technical term: <span className="font-mono">{term.technical}</span>
          </p>
        )}
      </LazyBubble>
    </>
  );
}
