"use client";

import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { wordsOf } from "@/lib/queries/api-fetch";

interface RollBackDialogProps {
  from: number;
  to: number;
  open: boolean;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Puts an earlier version back, alone and at once, with a reason. */
export function RollBackDialog({ from, to, open, pending, error, onClose, onConfirm }: RollBackDialogProps) {
  const [reason, setReason] = useState("");
  const id = useId();
  return (
    <ConfirmDialog
      title={`Roll back to v${to}`}
      confirmLabel={`Roll back to v${to}`}
      tone="danger"
      open={open}
      onOpenChange={(next) => !next && onClose()}
      pending={pending}
      blockedReason={reason.trim() === "" ? "Say in a few words why." : undefined}
      onConfirm={() => onConfirm(reason.trim())}
    >
      <div className="space-y-3">
        <p>
          v{from} is taken out at once and v{to} is back; agents get it within a minute of asking again. Both
          stay in the history.
        </p>
        <Field label="Reason" required id={id}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} rows={2} />
        </Field>
        {error && <FieldError>{wordsOf(error)}</FieldError>}
      </div>
    </ConfirmDialog>
  );
}
