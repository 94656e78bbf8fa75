import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import type { AnswerView } from "@/lib/contracts/evaluations";
import { stepsSummary } from "@/lib/view-models/label-words";
import { AddToRecord } from "./add-to-record";
import { FollowUpRecord } from "./follow-up-record";

interface AnswerCardProps {
  answer: AnswerView;
  projectId: string;
  /** Records may be made of it. */
  mayWrite: boolean;
}

/** One answer: folded to its question and grade; open, what was said and what the judge made of it. */
export function AnswerCard({ answer, projectId, mayWrite }: AnswerCardProps) {
  const { question, output, state, cause, steps, recordId, provenance, verdictHidden } = answer;
  return (
    <li className="px-3 py-1">
      <Disclosure summary={<span dir="auto">{question}</span>} aside={<Grade answer={answer} />}>
        <div className="space-y-3 pb-3">
          {state === "OK" ? <TextBlock text={output} /> : <p className="measure text-worse">{cause}</p>}
          {steps.length > 0 && (
            <Disclosure summary={stepsSummary(steps)}>
              <ol className="list-decimal space-y-2 ps-5">
                {steps.map((step, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name
                  <li key={index}>
                    {step.tool}
                    <TextBlock text={step.result} maxLines={4} isMono emptyText="No result." />
                  </li>
                ))}
              </ol>
            </Disclosure>
          )}
          <Verdicts answer={answer} />
          <p className="text-sm text-ink-muted">
            <span dir="auto">{provenance}</span> ·{" "}
            <TextLink href={`/p/${projectId}/records/${recordId}`}>Open the record</TextLink>
          </p>
          {mayWrite && state === "OK" && !verdictHidden && (
            <div className="flex flex-wrap gap-2">
              <AddToRecord text={output} recordId={recordId} label="Take it as the good answer" />
              <FollowUpRecord projectId={projectId} recordId={recordId} text={output} />
            </div>
          )}
        </div>
      </Disclosure>
    </li>
  );
}

function Grade({ answer: { state, verdictHidden, verdicts, goodEnough } }: { answer: AnswerView }) {
  const last = verdicts.at(-1);
  if (state === "ERROR" || last?.status === "failed")
    return <Mark kind="warning" word="could not be scored" showWord className="shrink-0 text-sm" />;
  if (verdictHidden) return <span className="shrink-0 text-sm text-ink-muted">waits for your label</span>;
  if (!last) return <span className="shrink-0 text-sm text-ink-faint">no grade</span>;
  return (
    <span className="shrink-0 tabular-nums">
      {goodEnough !== null && (
        <Mark
          kind={goodEnough ? "done" : "open"}
          word={goodEnough ? "good enough" : "not good enough"}
          className="me-2"
        />
      )}
      {last.shown}
    </span>
  );
}

function Verdicts({ answer: { verdicts, verdictHidden } }: { answer: AnswerView }) {
  if (verdictHidden)
    return (
      <p className="text-sm text-ink-muted">The judge's grade is shown once you have labelled this answer.</p>
    );
  return verdicts.map((verdict) => (
    <div key={verdict.judgeVersionId} className="measure border-s-2 border-line ps-3">
      <p className="text-sm text-ink-muted">
        The judge {verdict.status === "graded" ? `gives it ${verdict.shown}` : "could not grade it"}
      </p>
      <p dir="auto">{verdict.status === "graded" ? verdict.rationale : verdict.cause}</p>
    </div>
  ));
}
