"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { controlRun, type RunAction } from "@/lib/queries/runs";
import { newerSnapshot, runQuery } from "@/lib/queries/runs-live";

export interface RunControl {
  /** The action that is being carried out; null = none. */
  pending: RunAction | null;
  act(action: RunAction): Promise<void>;
}

/** Pause, resume, stop, cancel. The answer's snapshot counts only while the stream has not told more. */
export function useRunControl(runId: string): RunControl {
  const client = useQueryClient();
  const { toast } = useToast();
  const [pending, setPending] = useState<RunAction | null>(null);
  const act = async (action: RunAction) => {
    setPending(action);
    try {
      const after = await controlRun(runId, action);
      client.setQueryData(runQuery(runId).queryKey, (before) => newerSnapshot(before, after));
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(null);
    }
  };
  return { pending, act };
}
