"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Preflight } from "@/lib/contracts/runs";
import { startRound } from "@/lib/queries/answers";
import { wordsOf } from "@/lib/queries/api-fetch";
import { useJob } from "@/lib/queries/jobs-live";
import { lastRoundWords, probeOffer } from "@/lib/view-models/run-probe";

interface LaunchProbeProps {
  projectId: string;
  promptVersionId: string;
  preflight: Pick<Preflight, "probe" | "sends">;
}

/** A few answers before many: does the judge tell them apart, and does anything fail? Asked for, never done by itself. */
export function LaunchProbe({ projectId, promptVersionId, preflight }: LaunchProbeProps) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["run-preflight", projectId] });
  const { probe } = preflight;
  const [own, setOwn] = useState<string | null>(null);
  const goingOn = probe.last && !probe.last.isOver ? probe.last.jobId : own;
  // What came of it is in the next findings: until they are here the offer would be made once more.
  const { job } = useJob(goingOn, () => void refresh().then(() => setOwn(null)));
  const start = useProbeStart(projectId, promptVersionId, probe.recordIds, (jobId) => {
    setOwn(jobId);
    void refresh();
  });
  if (probe.recordIds.length === 0) return null;
  const count = probe.recordIds.length;
  return (
    <section aria-labelledby="probe">
      <h2 id="probe" className="mb-1 font-semibold">
        {`Try it on ${count} first`}
      </h2>
      {goingOn === null ? (
        <>
          <p className="mb-2 text-ink-muted">{lastRoundWords(probe) || probeOffer(preflight)}</p>
          {/* Known answers would come back as they are: only what failed is worth asking again. */}
          {(probe.last === null || probe.last.failed > 0) && (
            <Button pending={start.isPending} pendingLabel="Starting" onClick={() => void start.start()}>
              {probe.last === null ? `Get ${count} answers` : `Try ${count} again`}
            </Button>
          )}
        </>
      ) : (
        <ProgressBar
          label="Answers"
          value={job?.done ?? 0}
          max={job?.total ?? count}
          text={`${job?.done ?? 0} of ${job?.total ?? count} answered and graded`}
        />
      )}
      {start.problem && <FieldError>{start.problem}</FieldError>}
    </section>
  );
}

/** One press starts one round, also when its answer was lost on the way. */
function useProbeStart(
  projectId: string,
  promptVersionId: string,
  recordIds: string[],
  onStarted: (jobId: string | null) => void,
) {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(null);
  const start = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    key.current ??= crypto.randomUUID();
    try {
      const round = await startRound(projectId, { promptVersionId, recordIds, queueSize: 0 }, key.current);
      key.current = null;
      onStarted(round.jobId);
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  return { isPending, problem, start };
}
