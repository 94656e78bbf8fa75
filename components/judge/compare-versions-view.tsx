"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { TextLink } from "@/components/ui/text-link";
import type { JudgeComparison } from "@/lib/contracts/judge-checks";
import type { JudgeView } from "@/lib/contracts/judges";
import { gradeRows, movedFirst, movedWords, unseenWords } from "@/lib/view-models/judge-comparison";
import { CheckedAnswer } from "./check-result";
import { GradeShift } from "./grade-shift";
import { ProblemLine } from "./problem-line";
import { Section } from "./section";
import { useJudgeCheck } from "./use-judge-check";
import { VersionChanges } from "./version-changes";

interface CompareVersionsViewProps {
  judge: JudgeView;
  comparison: JudgeComparison;
  projectId: string;
  mayDraft: boolean;
}

/** The ruler changed: the same answers under two versions, and what was changed between them. */
export function CompareVersionsView({ judge, comparison, projectId, mayDraft }: CompareVersionsViewProps) {
  const { before, after, answers, rulerSentence } = comparison;
  const names = { before: `v${before.version}`, after: `v${after.version}` };
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/judge?judge=${judge.id}`}>{judge.name}</TextLink>}
        title={`The ruler changed: ${names.before} and ${names.after}`}
        isSimulated={comparison.simulated}
        sentence={
          rulerSentence ??
          "The same answers, graded by both versions, show how the ruler moved. They are not graded by both yet."
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <GradeBoth judge={judge} comparison={comparison} mayDraft={mayDraft} />
        {answers.length > 0 && (
          <>
            <Section
              id="shift"
              title={`${answers.length} answers under both`}
              about={`${movedWords(answers)} ${unseenWords(comparison.unseen, names)}`}
            >
              <GradeShift rows={gradeRows(judge.scale, answers)} names={names} />
            </Section>
            <Section
              id="answers"
              title="Answer by answer"
              about="Those whose grade moved most come first. The assistant's words are the same on both sides."
            >
              <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
                {movedFirst(answers).map((answer) => (
                  <CheckedAnswer
                    key={answer.traceId}
                    answer={answer}
                    sides={[
                      { name: names.before, reading: answer.before },
                      { name: names.after, reading: answer.after },
                    ]}
                  />
                ))}
              </ul>
            </Section>
          </>
        )}
        <Section id="changes" title={`What differs between ${names.before} and ${names.after}`}>
          <VersionChanges scale={judge.scale} before={before} after={after} />
        </Section>
      </div>
    </>
  );
}

type GradeBothProps = Pick<CompareVersionsViewProps, "judge" | "comparison" | "mayDraft">;

/** The button that has both versions grade what only one, or neither, has graded. */
function GradeBoth({ judge, comparison, mayDraft }: GradeBothProps) {
  const router = useRouter();
  const { check, isWorking, problem, start } = useJudgeCheck(judge.id);
  const { missingTraceIds, before, after, host } = comparison;
  const isDone = check?.state === "done";
  useEffect(() => {
    if (isDone) router.refresh();
  }, [isDone, router]);
  if (missingTraceIds.length === 0 || !mayDraft) return null;
  const press = () =>
    start({ kind: "compare", versionId: after.id, otherVersionId: before.id, traceIds: missingTraceIds });
  const count = missingTraceIds.length;
  return (
    <Callout
      tone="accent"
      title={`${count} ${count === 1 ? "answer is" : "answers are"} not graded by both yet.`}
      actions={
        <Button variant="primary" pending={isWorking} pendingLabel="Grading" onClick={press}>
          Have both grade {count === 1 ? "it" : "them"}
        </Button>
      }
    >
      {check && isWorking ? (
        <ProgressBar
          label="Answers graded"
          value={check.progress.done}
          max={Math.max(1, check.progress.total)}
          text={`${check.progress.done} of ${check.progress.total} graded`}
        />
      ) : (
        `At most ${2 * count} calls go to ${host}. Grades that are known are not asked for again.`
      )}
      <ProblemLine problem={problem} />
    </Callout>
  );
}
