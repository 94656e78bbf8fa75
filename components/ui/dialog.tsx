"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cx } from "./cx";
import { dialogOverlay, dialogPanel, dialogSizes } from "./dialog-surface";

export interface DialogProps {
  title: ReactNode;
  children: ReactNode;
  /** What it is about, read out when it opens. */
  description?: ReactNode;
  /** Opens it; needed unless `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  size?: keyof typeof dialogSizes;
}

/** A task in front of the page. Esc and the cross leave it; the focus goes back where it was. */
export function Dialog({
  title,
  children,
  description,
  trigger,
  open,
  onOpenChange,
  footer,
  size = "md",
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={dialogOverlay} />
        <Radix.Content
          className={cx(dialogPanel, dialogSizes[size])}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="min-w-0 pt-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="measure mt-1 text-ink-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              {/* No tooltip here: it would open with the dialog and take the first Esc. */}
              <Button variant="quiet" aria-label="Close" className="aspect-square px-0!">
                <X aria-hidden="true" className="size-4" />
              </Button>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
