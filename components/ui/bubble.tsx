"use client";

import { Popover } from "radix-ui";
import type { PointerEvent, ReactNode, RefObject } from "react";

export interface BubbleProps {
  /** What it belongs to and stands beside. */
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  className: string;
  /** A tooltip leaves the focus where it is; a dialog takes it and gives it back. */
  role: "tooltip" | "dialog";
  /** Name of a dialog. */
  label?: string;
  side?: "top" | "right" | "bottom" | "left";
  onPointerEnter?: (event: PointerEvent) => void;
  onPointerLeave?: (event: PointerEvent) => void;
}

/** A few words beside the thing they belong to. Loaded on demand through `LazyBubble`. */
export function Bubble({
  anchor,
  isOpen,
  onClose,
  children,
  className,
  role,
  label,
  side,
  ...hover
}: BubbleProps) {
  const isTooltip = role === "tooltip";
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          {...hover}
          role={role}
          aria-label={label}
          side={side}
          sideOffset={6}
          collisionPadding={12}
          className={className}
          onOpenAutoFocus={(event) => isTooltip && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!isTooltip) anchor.current?.focus();
          }}
          onInteractOutside={(event) => {
            // The anchor decides for itself what a press on it means.
            if (event.target instanceof Node && anchor.current?.contains(event.target))
              event.preventDefault();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
