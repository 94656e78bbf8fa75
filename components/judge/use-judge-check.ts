"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { JudgeCheckView, StartJudgeCheckInput } from "@/lib/contracts/judge-checks";
import { judgeCheckOptions, startJudgeCheck } from "@/lib/queries/judge-checks";
import { useAct } from "./use-act";

/** Nothing is asked for while no check was started. */
const NONE: JudgeCheckView = {
  id: "",
  judgeId: "",
  kind: "try",
  state: "done",
  progress: { done: 0, total: 0 },
  cause: null,
  version: 0,
  isChanged: false,
  otherVersion: null,
  answers: [],
  noise: null,
  simulated: false,
  createdAt: 0,
  createdBy: "",
};

export interface JudgeCheckRun {
  /** The check that was started here, live; null before. */
  check: JudgeCheckView | null;
  isWorking: boolean;
  problem: string | null;
  start(input: StartJudgeCheckInput): void;
}

/** Starts a check of a judge and watches it to its end. */
export function useJudgeCheck(judgeId: string): JudgeCheckRun {
  const [started, setStarted] = useState<JudgeCheckView | null>(null);
  const { data } = useQuery({ ...judgeCheckOptions(started ?? NONE), enabled: started !== null });
  const { isPending, problem, run } = useAct();
  const check = started === null ? null : data;
  const isLive = check !== null && ["queued", "running", "paused"].includes(check.state);
  return {
    check,
    isWorking: isPending || isLive,
    problem: problem ?? (check?.state === "failed" || check?.state === "paused" ? check.cause : null),
    start: (input) => void run(async () => setStarted(await startJudgeCheck(judgeId, input))),
  };
}
