"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { StartRunInput } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { startRun } from "@/lib/queries/runs";
import { type LaunchDraft, prepareInput } from "@/lib/view-models/run-launch";

export interface Launch {
  draft: LaunchDraft;
  change(changes: Partial<LaunchDraft>): void;
  /** The draft as it would be sent. */
  input: StartRunInput;
  start(): void;
  isStarting: boolean;
  problem: string | null;
}

/** The form's state, and the start. The same press is carried out once, also when its answer was lost. */
export function useLaunch(projectId: string, first: LaunchDraft): Launch {
  const router = useRouter();
  const [draft, setDraft] = useState<LaunchDraft>(first);
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(null);
  const input = prepareInput(draft);
  const start = async () => {
    setStarting(true);
    setProblem(null);
    key.current ??= crypto.randomUUID();
    try {
      const run = await startRun(projectId, input, key.current);
      router.push(`/p/${projectId}/runs/${run.id}`);
    } catch (error) {
      setProblem(wordsOf(error));
      setStarting(false);
    }
  };
  const change = (changes: Partial<LaunchDraft>) => {
    key.current = null;
    setDraft((before) => ({ ...before, ...changes }));
  };
  return { draft, change, input, start: () => void start(), isStarting, problem };
}
