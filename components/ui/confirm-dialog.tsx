"use client";

import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import type { ButtonVariant } from "./button-styles";
import { cx } from "./cx";
import { dialogOverlay, dialogPanel, dialogSizes } from "./dialog-surface";

export interface ConfirmDialogProps {
  /** The question as a verb phrase: "Promote v14 to production". */
  title: ReactNode;
  /** What it does, what it replaces, how to take it back. */
  children: ReactNode;
  /** The verb again, on the button. */
  confirmLabel: string;
  onConfirm: () => void;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  cancelLabel?: string;
  tone?: Extract<ButtonVariant, "primary" | "danger">;
  pending?: boolean;
  /** Why it cannot be confirmed yet, such as a missing reason. */
  blockedReason?: ReactNode;
  size?: keyof typeof dialogSizes;
}

/**
 * Asks before something weighty. Cancel has the focus first. The caller closes it when the act
 * has succeeded, so that an error can be shown inside.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, onConfirm, trigger, open, onOpenChange, size = "md" } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialogOverlay} />
        <AlertDialog.Content className={cx(dialogPanel, dialogSizes[size])}>
          <AlertDialog.Title className="px-5 pt-5 text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3 text-base sm:text-sm">{children}</div>
          </AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
            <AlertDialog.Cancel asChild>
              <Button>{props.cancelLabel ?? "Cancel"}</Button>
            </AlertDialog.Cancel>
            <Button
              variant={props.tone ?? "primary"}
              pending={props.pending}
              blockedReason={props.blockedReason}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
