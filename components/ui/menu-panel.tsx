"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { MenuPartsContext } from "./menu-parts";
import { menuSurface } from "./popover-surface";

export interface MenuPanelProps {
  /** The button that opens it. */
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  label: string;
  align: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
}

/** The open menu. Loaded on demand through `Menu`. */
export function MenuPanel({ anchor, isOpen, onOpenChange, children, label, align, side }: MenuPanelProps) {
  return (
    // Not modal: the page behind stays readable for screen readers, and scrolls.
    <DropdownMenu.Root open={isOpen} onOpenChange={onOpenChange} modal={false}>
      {/* Only a place to stand beside: the real button is the one that people press. */}
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none absolute inset-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-labelledby={undefined}
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={menuSurface}
          onInteractOutside={(event) => {
            // The button decides for itself what a press on it means.
            if (event.target instanceof Node && anchor.current?.contains(event.target))
              event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
        >
          <MenuPartsContext value={DropdownMenu}>{children}</MenuPartsContext>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
