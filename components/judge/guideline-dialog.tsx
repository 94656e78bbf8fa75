"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { GuidelineCard } from "@/lib/view-models/judge-guidelines";
import type { GuidelineActions } from "./guideline-card";
import { ProblemLine } from "./problem-line";

interface GuidelineDialogProps {
  guideline: GuidelineCard;
  actions: GuidelineActions & { edit: NonNullable<GuidelineActions["edit"]> };
  onClose: () => void;
}

/** New words for a guideline. It keeps the labels that it came from. */
export function GuidelineDialog({ guideline, actions, onClose }: GuidelineDialogProps) {
  const [text, setText] = useState(guideline.text);
  const save = async () => {
    if (await actions.edit({ id: guideline.id, text, active: guideline.isActive })) onClose();
  };
  const isEmpty = text.trim() === "";
  const blocked = isEmpty
    ? "A guideline needs words. Switch it off if the judge should not heed it."
    : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Edit guideline ${guideline.number}`}
      description="Your words make a new draft of the judge. The version in use grades as before until the draft is put to use."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={actions.isPending}
            blockedReason={blocked}
            onClick={() => void save()}
          >
            Save as a draft
          </Button>
        </>
      }
    >
      <Field label="The rule" hint="One rule, in one or two plain sentences.">
        <Textarea value={text} rows={4} maxLength={4_000} onChange={(event) => setText(event.target.value)} />
      </Field>
      <ProblemLine problem={actions.problem} />
    </Dialog>
  );
}
