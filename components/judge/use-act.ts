"use client";

import { useState } from "react";
import { wordsOf } from "@/lib/queries/api-fetch";

/** One act of a person at a time: whether it is being carried out, and what went wrong. */
export interface Act {
  isPending: boolean;
  /** Words of the last refusal; null after a success. */
  problem: string | null;
  /** Carries it out; resolves to false when it was refused. */
  run(act: () => Promise<void>): Promise<boolean>;
}

export function useAct(): Act {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    setPending(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(wordsOf(error));
      return false;
    } finally {
      setPending(false);
    }
  };
  return { isPending, problem, run };
}
