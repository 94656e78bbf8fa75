"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { LabelSource } from "@/lib/contracts/judge-page";
import { wordsOf } from "@/lib/queries/api-fetch";
import { changeStandard, standardPreviewOptions } from "@/lib/queries/judge-checks";
import { setAsideWords } from "@/lib/view-models/judge-standard";
import { ProblemLine } from "./problem-line";
import { useAct } from "./use-act";

interface SetAsideDialogProps {
  judgeId: string;
  label: LabelSource | null;
  onClose: () => void;
}

/** One label stops teaching; it stays in the history, and can be brought back under “Our standard changed”. */
export function SetAsideDialog({ judgeId, label, onClose }: SetAsideDialogProps) {
  return label && <SetAsideForm key={label.labelId} judgeId={judgeId} label={label} onClose={onClose} />;
}

function SetAsideForm({ judgeId, label, onClose }: SetAsideDialogProps & { label: LabelSource }) {
  const router = useRouter();
  const { toast } = useToast();
  const { isPending, problem, run } = useAct();
  const [reason, setReason] = useState("");
  const [openedAt] = useState(() => Date.now());
  const scope = { before: Math.max(openedAt, label.createdAt + 1), labelIds: [label.labelId] };
  const preview = useQuery(standardPreviewOptions(judgeId, scope));
  const { data, error } = preview;
  const apply = () =>
    void run(async () => {
      const made = await changeStandard(judgeId, { ...scope, reason });
      toast({
        title: "The label is set aside.",
        description:
          made.versionId === null
            ? "The judge had learned nothing from it."
            : "A draft of the judge without it waits.",
        mark: "done",
      });
      onClose();
      router.refresh();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Set this label aside?"
      description={`The ${label.shown} by ${label.isMine ? "you" : label.author.name} stops teaching the judge. It stays in the history, and “Our standard changed” brings it back.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={isPending}
            onClick={apply}
            blockedReason={reason.trim().length < 3 ? "Say first why it counts no more." : undefined}
          >
            Set it aside
          </Button>
        </>
      }
    >
      {error ? (
        <NoPreview
          problem={wordsOf(error)}
          isAsking={preview.isFetching}
          onAgain={() => void preview.refetch()}
        />
      ) : data ? (
        <Effect words={setAsideWords(data)} removed={data.removed} affected={data.affected} />
      ) : (
        <Skeleton className="h-16" />
      )}
      <Field label="Why it counts no more" required>
        <Textarea
          value={reason}
          rows={2}
          maxLength={2_000}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <ProblemLine problem={problem} />
    </Dialog>
  );
}

/** What it would do is not known: said before the act, which can be taken back all the same. */
function NoPreview({
  problem,
  isAsking,
  onAgain,
}: {
  problem: string;
  isAsking: boolean;
  onAgain: () => void;
}) {
  return (
    <div className="mb-4 space-y-2">
      <ProblemLine problem={problem} />
      <p className="text-ink-muted">
        So what this would do to the judge is not known yet. Set aside all the same, the label can be brought
        back.
      </p>
      <Button size="sm" pending={isAsking} onClick={onAgain}>
        Look again
      </Button>
    </div>
  );
}

interface EffectProps {
  words: string;
  removed: readonly { id: string; text: string }[];
  affected: readonly { id: string; text: string }[];
}

function Effect({ words, removed, affected }: EffectProps) {
  return (
    <div className="mb-4 space-y-2">
      <p>{words}</p>
      <ul className="list-disc space-y-1 ps-5">
        {removed.map(({ id, text }) => (
          <li key={id} dir="auto">
            Goes: “{text}”
          </li>
        ))}
        {affected.map(({ id, text }) => (
          <li key={id} dir="auto">
            Worded anew at the next teaching: “{text}”
          </li>
        ))}
      </ul>
    </div>
  );
}
