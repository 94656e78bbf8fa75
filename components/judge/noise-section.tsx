"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { JudgeCheckView } from "@/lib/contracts/judge-checks";
import { judgeAnswersOptions } from "@/lib/queries/judge-checks";
import { noiseWords } from "@/lib/view-models/judge-noise";
import { ProblemLine } from "./problem-line";
import { useJudgeCheck } from "./use-judge-check";

interface NoiseSectionProps {
  judgeId: string;
  version: { id: string; version: number };
  /** The newest measure; null while there is none. */
  latest: JudgeCheckView | null;
  mayDraft: boolean;
}

const ANSWERS = 10;
const READINGS = 3;

/** How much the judge wavers: the same answers, read again and again. */
export function NoiseSection({ judgeId, version, latest, mayDraft }: NoiseSectionProps) {
  const { data } = useQuery({ ...judgeAnswersOptions(judgeId), enabled: mayDraft });
  const { check, isWorking, problem, start } = useJudgeCheck(judgeId);
  const shown = check?.state === "done" ? check : latest;
  const traceIds = (data?.items ?? []).slice(0, ANSWERS).map(({ traceId }) => traceId);
  return (
    <div className="space-y-3">
      <p className="measure" aria-live="polite">
        {shown?.noise
          ? `v${shown.version}: ${noiseWords(shown.noise)}`
          : "Not measured yet. One reading is one opinion; how far it moves by itself tells which differences are worth looking at."}
      </p>
      {mayDraft && traceIds.length > 0 && (
        <>
          <p className="measure text-ink-muted">
            {traceIds.length} answers, {READINGS} fresh readings each: at most {traceIds.length * READINGS}{" "}
            calls go to {data?.host}.
          </p>
          <Button
            size="sm"
            pending={isWorking}
            pendingLabel="Reading"
            onClick={() => start({ kind: "noise", versionId: version.id, traceIds, readings: READINGS })}
          >
            Measure v{version.version}
          </Button>
          {check && isWorking && (
            <ProgressBar
              label="Readings"
              value={check.progress.done}
              max={Math.max(1, check.progress.total)}
              text={`${check.progress.done} of ${check.progress.total} readings`}
            />
          )}
          <ProblemLine problem={problem} />
        </>
      )}
    </div>
  );
}
