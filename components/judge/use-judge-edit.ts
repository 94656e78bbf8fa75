"use client";

import { useRouter } from "next/navigation";
import { useToast } from "@/components/ui/toast";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import { editJudge } from "@/lib/queries/judges";
import type { GuidelineActions } from "./guideline-card";
import { useAct } from "./use-act";

interface JudgeEdit {
  isPending: boolean;
  problem: string | null;
  save(input: EditJudgeInput): Promise<boolean>;
  /** The same for one guideline at a time. */
  guidelines: GuidelineActions;
}

/**
 * Hand edits: each makes a new draft on the version that the person sees.
 * @param shownAt where the draft is shown; null when this page shows it after a refresh
 */
export function useJudgeEdit(
  judgeId: string,
  baseVersionId: string,
  mayDraft: boolean,
  shownAt: string | null = null,
): JudgeEdit {
  const router = useRouter();
  const { toast } = useToast();
  const { isPending, problem, run } = useAct();
  const save = (input: EditJudgeInput) =>
    run(async () => {
      const draft = await editJudge(judgeId, { baseVersionId, ...input });
      toast({
        title: `Saved as draft v${draft.version}.`,
        description: "It grades nothing until it is put to use.",
        mark: "done",
      });
      if (shownAt === null) router.refresh();
      else router.push(shownAt);
    });
  const edit = (change: { id: string; text: string; active: boolean }) => save({ guidelines: [change] });
  return { isPending, problem, save, guidelines: { edit: mayDraft ? edit : null, isPending, problem } };
}
