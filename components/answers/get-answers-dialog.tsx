"use client";

import { useRouter } from "next/navigation";
import { lazyPart } from "@/components/ui/lazy-part";
import type { RoundOffer } from "@/lib/contracts/evaluations";

interface GetAnswersDialogProps {
  projectId: string;
  offer: RoundOffer;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const LazyForm = lazyPart(() => import("./get-answers-form").then((module) => module.GetAnswersForm));

/** Starts a round; says before it does how many records go where, and at what price. */
export function GetAnswersDialog({ projectId, offer, open, onOpenChange }: GetAnswersDialogProps) {
  const router = useRouter();
  return (
    <LazyForm
      isNeeded={open}
      projectId={projectId}
      offer={offer}
      open={open}
      onOpenChange={onOpenChange}
      onStarted={(roundId) => router.push(`/p/${projectId}/answers/${roundId}`)}
    />
  );
}
