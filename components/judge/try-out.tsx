"use client";

import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { JudgeAnswer, StartJudgeCheckInput } from "@/lib/contracts/judge-checks";
import { CheckedAnswer } from "./check-result";
import { ProblemLine } from "./problem-line";
import { useJudgeCheck } from "./use-judge-check";

interface TryOutProps {
  judgeId: string;
  /** The version that is edited, by number and id. */
  saved: { id: string; version: number };
  changes: NonNullable<StartJudgeCheckInput["changes"]> | null;
  answers: readonly JudgeAnswer[];
  host: string;
}

/** Answers that are tried at once; enough to see a change, few enough to read. */
const TRIED = 5;

/** A few answers graded by the words as they stand now, beside the saved version. */
export function TryOut({ judgeId, saved, changes, answers, host }: TryOutProps) {
  const { check, isWorking, problem, start } = useJudgeCheck(judgeId);
  const chosen = answers.slice(0, TRIED);
  const calls = chosen.length * (changes === null ? 1 : 2);
  const press = () =>
    start({
      kind: "try",
      versionId: saved.id,
      otherVersionId: changes === null ? null : saved.id,
      changes,
      traceIds: chosen.map(({ traceId }) => traceId),
    });
  return (
    <div className="space-y-4">
      <p className="measure text-ink-muted">
        {changes === null
          ? `Nothing is changed yet: v${saved.version} grades ${chosen.length} answers.`
          : `Your words and v${saved.version} grade the same ${chosen.length} answers.`}{" "}
        At most {calls} calls go to {host}.
      </p>
      <Button pending={isWorking} pendingLabel="Grading" onClick={press}>
        {check === null ? "Try it" : "Try it again"}
      </Button>
      <ProblemLine problem={problem} />
      {check && isWorking && (
        <ProgressBar
          label="Answers graded"
          value={check.progress.done}
          max={Math.max(1, check.progress.total)}
          text={`${check.progress.done} of ${check.progress.total} graded`}
        />
      )}
      {check?.state === "done" && (
        <ul
          className="divide-y divide-line rounded-lg border border-line bg-raised"
          aria-label="Tried answers"
        >
          {check.answers.map((answer) => (
            <CheckedAnswer
              key={answer.traceId}
              answer={answer}
              sides={[
                ...(answer.other ? [{ name: `v${check.version}`, reading: answer.other }] : []),
                ...answer.readings.map((reading) => ({
                  name: check.isChanged ? "your words" : `v${check.version}`,
                  reading,
                })),
              ]}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
