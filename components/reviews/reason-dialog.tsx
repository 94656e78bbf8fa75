"use client";

import { type ReactNode, useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { wordsOf } from "@/lib/queries/api-fetch";

interface ReasonDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  confirmLabel: string;
  /** What it does, before the reason. */
  children?: ReactNode;
  /** Name of the field. */
  label?: string;
  pending: boolean;
  error: Error | null;
  tone?: "primary" | "danger";
  onConfirm: (reason: string) => void;
}

/** Asks for a reason before something that history keeps. Cancel has the focus first. */
export function ReasonDialog(props: ReasonDialogProps) {
  const {
    open,
    onClose,
    title,
    confirmLabel,
    children,
    label = "Reason",
    pending,
    error,
    tone,
    onConfirm,
  } = props;
  const [reason, setReason] = useState("");
  const id = useId();
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={confirmLabel}
      open={open}
      onOpenChange={(next) => {
        if (!next) {
          setReason("");
          onClose();
        }
      }}
      tone={tone}
      pending={pending}
      blockedReason={reason.trim() === "" ? "Say in a few words why." : undefined}
      onConfirm={() => onConfirm(reason.trim())}
    >
      <div className="space-y-3">
        {children && <div>{children}</div>}
        <Field label={label} required id={id}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} rows={2} />
        </Field>
        {error && <FieldError>{wordsOf(error)}</FieldError>}
      </div>
    </ConfirmDialog>
  );
}
