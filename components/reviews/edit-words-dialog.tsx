"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { ReviewView } from "@/lib/contracts/reviews";
import { wordsOf } from "@/lib/queries/api-fetch";
import type { ActOnReview } from "./evidence-panel";

interface EditWordsDialogProps {
  review: ReviewView;
  act: ActOnReview;
  onClose: () => void;
}

/** Changes the words under review. Mount it anew each time, so that it starts from the words of that moment. */
export function EditWordsDialog({ review, act, onClose }: EditWordsDialogProps) {
  const [started] = useState(review);
  const [components, setComponents] = useState(started.components);
  const isEmpty = started.layout.some((name) => (components[name] ?? "").trim() === "");
  const isSame = started.layout.every((name) => components[name] === started.components[name]);
  const reason = isEmpty ? "Write the text first." : isSame ? "Nothing is changed yet." : undefined;
  const error = act.variables?.kind === "edit" ? act.error : null;
  const save = () =>
    act.mutate(
      { kind: "edit", components, contentHash: started.contentHash },
      { onSuccess: () => onClose() },
    );
  return (
    <Dialog
      title="Edit the words under review"
      description={consequence(review)}
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={act.isPending} blockedReason={reason} onClick={save}>
            Save the words
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {started.layout.map((name) => (
          <Field key={name} label={started.layout.length === 1 ? "Prompt" : name}>
            <Textarea
              value={components[name] ?? ""}
              rows={14}
              onChange={(event) => setComponents({ ...components, [name]: event.target.value })}
            />
          </Field>
        ))}
        {error && <FieldError>{wordsOf(error)}</FieldError>}
      </div>
    </Dialog>
  );
}

/** What saving costs, told before. */
function consequence({ evidence, gate }: ReviewView): string {
  const lost = [
    evidence?.verdict ? "the evidence" : "",
    gate.approvals.length > 0 ? "every approval" : "",
  ].filter((part) => part !== "");
  const kept = "You become one of its authors.";
  if (lost.length === 0) return `Nothing was scored or approved yet. ${kept}`;
  return `Saving voids ${lost.join(" and ")}: they were about the words as they are now, and stay in the history as such. ${kept}`;
}
