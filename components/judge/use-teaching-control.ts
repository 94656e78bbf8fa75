"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { actAndShow } from "@/lib/queries/act-and-show";
import { alignmentOptions, controlTeaching } from "@/lib/queries/judges";
import { useAct } from "./use-act";

export interface TeachingControl {
  isPending: boolean;
  problem: string | null;
  act(action: "pause" | "resume" | "cancel" | "retry"): void;
}

/** Pausing, resuming, cancelling a teaching, and asking again for what failed. */
export function useTeachingControl(alignmentId: string): TeachingControl {
  const client = useQueryClient();
  const router = useRouter();
  const { isPending, problem, run } = useAct();
  return {
    isPending,
    problem,
    act: (action) =>
      void run(async () => {
        await actAndShow(client, alignmentOptions(alignmentId).queryKey, () =>
          controlTeaching(alignmentId, action),
        );
        router.refresh();
      }),
  };
}
