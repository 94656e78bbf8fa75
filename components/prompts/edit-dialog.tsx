"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { PromptVersionView, PromptView } from "@/lib/contracts/prompts";
import { wordsOf } from "@/lib/queries/api-fetch";
import { createReview } from "@/lib/queries/reviews";

interface EditDialogProps {
  prompt: PromptView;
  /** The text to begin with; null = none yet. */
  from: PromptVersionView | null;
  /** Something is in production: the same words again would change nothing. */
  isLive: boolean;
  open: boolean;
  onClose: () => void;
}

/** Changes the words by hand; they go to a review like any other change. */
export function EditDialog({ prompt, from, isLive, open, onClose }: EditDialogProps) {
  const router = useRouter();
  const names = from?.layout ?? ["system"];
  const [components, setComponents] = useState<Record<string, string>>(from?.components ?? { system: "" });
  const isEmpty = names.some((name) => (components[name] ?? "").trim() === "");
  const isSame = isLive && from !== null && names.every((name) => components[name] === from.components[name]);
  const create = useMutation({
    mutationFn: () => createReview(prompt.projectId, { promptId: prompt.id, components }),
    onSuccess: (review) => router.push(`/p/${prompt.projectId}/reviews/${review.id}`),
  });
  const reason = isEmpty ? "Write the text first." : isSame ? "Nothing is changed yet." : undefined;
  return (
    <Dialog
      title={isLive ? "Change the words by hand" : "Put the first version in production"}
      description="Nothing goes live from here: a review is opened, with its evidence and approvals."
      open={open}
      onOpenChange={(next) => !next && onClose()}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={create.isPending}
            blockedReason={reason}
            onClick={() => create.mutate()}
          >
            Open a review
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {names.map((name) => (
          <Field key={name} label={names.length === 1 ? "Prompt" : name}>
            <Textarea
              value={components[name] ?? ""}
              rows={names.length === 1 ? 12 : 7}
              onChange={(event) => setComponents({ ...components, [name]: event.target.value })}
            />
          </Field>
        ))}
        {create.error && <FieldError>{wordsOf(create.error)}</FieldError>}
      </div>
    </Dialog>
  );
}
