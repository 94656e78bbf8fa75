"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { isFinalJobState, type JobView, jobViewSchema } from "@/lib/contracts/jobs";
import { followTopic } from "./live-stream";

export interface LiveJob {
  /** Null until the first news. */
  job: JobView | null;
  isConnected: boolean;
  /** Words when the job may not be followed any more. */
  problem: string | null;
}

/**
 * The state of a job as it goes on; nothing is followed while `jobId` is null.
 * @param onFinal called once when the job is over: the place to fetch what it made
 */
export function useJob(jobId: string | null, onFinal?: (job: JobView) => void): LiveJob {
  const [live, setLive] = useState<LiveJob & { jobId: string | null }>({ ...UNKNOWN, jobId });
  const tellFinal = useEffectEvent((job: JobView) => onFinal?.(job));

  useEffect(() => {
    if (jobId === null) return;
    setLive({ ...UNKNOWN, jobId });
    return followTopic(
      { topic: `job:${jobId}`, events: ["job"], lastSeq: () => null },
      {
        onConnection: (isConnected) => setLive((before) => ({ ...before, isConnected })),
        onFrame(event, frame) {
          if (event === "stream-error") {
            const problem = (frame as { detail?: string }).detail ?? null;
            setLive((before) => ({ ...before, problem }));
          }
          const parsed = jobViewSchema.safeParse(frame);
          if (event !== "job" || !parsed.success) return;
          setLive((before) => ({ ...before, job: parsed.data }));
          if (!isFinalJobState(parsed.data.state)) return;
          tellFinal(parsed.data);
          return "stop";
        },
      },
    );
  }, [jobId]);

  return live.jobId === jobId ? live : UNKNOWN;
}

const UNKNOWN: LiveJob = { job: null, isConnected: true, problem: null };
