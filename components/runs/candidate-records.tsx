"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Mark } from "@/components/ui/mark";
import { Select } from "@/components/ui/select";
import { TextBlock } from "@/components/ui/text-block";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { secondsWords } from "@/lib/view-models/run-calls";
import { compareCandidates, type Outcome, outcomesByRecord } from "@/lib/view-models/run-compare";
import { formatUsd } from "@/lib/view-models/run-money";
import { candidateInSentence, candidateTitle, countOf } from "@/lib/view-models/run-names";
import type { ShownScale } from "@/lib/view-models/run-scale";

type Rollout = CandidateDetail["rollouts"][number];

interface CandidateRecordsProps {
  run: RunSnapshot;
  detail: CandidateDetail;
  scale: ShownScale;
}

const FIRST = 40;

/** How it did on each record, beside any other candidate, with what was answered, done and said of it. */
export function CandidateRecords({ run, detail, scale }: CandidateRecordsProps) {
  const { candidateId, parentIds, rollouts } = detail;
  const others = run.view.candidates.filter(
    (row) => row.candidateId !== candidateId && run.view.scores[row.candidateId],
  );
  const [otherId, setOtherId] = useState<string | null>(
    () => parentIds.find((id) => run.view.scores[id]) ?? others[0]?.candidateId ?? null,
  );
  const [filter, setFilter] = useState<Outcome | "all">("all");
  const [isAll, setAll] = useState(false);
  const comparison = useMemo(
    () => (otherId === null ? null : compareCandidates(run.view, candidateId, otherId)),
    [run.view, candidateId, otherId],
  );
  const outcomes = useMemo(
    () => (comparison ? outcomesByRecord(comparison) : new Map<string, Outcome>()),
    [comparison],
  );
  if (rollouts.length === 0) return <p className="text-ink-muted">No answer was scored with it.</p>;
  const kept = rollouts.filter(({ recordId }) => filter === "all" || outcomes.get(recordId) === filter);
  const shown = isAll ? kept : kept.slice(0, FIRST);
  return (
    <>
      {comparison && otherId !== null && (
        <div className="mb-3 space-y-3">
          <Field label="Beside">
            <Select
              className="max-w-xs"
              value={otherId}
              onValueChange={setOtherId}
              options={others.map((row) => ({
                value: row.candidateId,
                label: candidateTitle(row.candidateId, run.view.seedCandidateId),
              }))}
            />
          </Field>
          <Filters comparison={comparison} filter={filter} onFilter={setFilter} total={rollouts.length} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {shown.map((rollout) => (
          <RecordLine
            key={rollout.recordId}
            rollout={rollout}
            scale={scale}
            other={
              otherId === null
                ? null
                : { id: otherId, score: run.view.scores[otherId]?.[rollout.recordId] ?? null }
            }
          />
        ))}
      </ul>
      {kept.length === 0 && <p className="text-ink-muted">No record is like that.</p>}
      {kept.length > shown.length && (
        <Button onClick={() => setAll(true)}>{`Show all ${kept.length}`}</Button>
      )}
    </>
  );
}

function Filters({
  comparison,
  filter,
  onFilter,
  total,
}: {
  comparison: ReturnType<typeof compareCandidates>;
  filter: Outcome | "all";
  onFilter(filter: Outcome | "all"): void;
  total: number;
}) {
  const choices: { value: Outcome | "all"; label: string }[] = [
    { value: "all", label: `All ${total}` },
    { value: "improved", label: `▲ ${comparison.improved.length} better` },
    { value: "regressed", label: `▼ ${comparison.regressed.length} worse` },
    { value: "unchanged", label: `${comparison.unchanged.length} the same` },
  ];
  return (
    <fieldset className="flex flex-wrap gap-2 border-0 p-0">
      <legend className="sr-only">Which records</legend>
      {choices.map(({ value, label }) => (
        <Button
          key={value}
          size="sm"
          aria-pressed={filter === value}
          variant={filter === value ? "secondary" : "quiet"}
          onClick={() => onFilter(value)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}

function RecordLine({
  rollout,
  scale,
  other,
}: {
  rollout: Rollout;
  scale: ShownScale;
  other: { id: string; score: number | null } | null;
}) {
  const { question, output, cause, rationale, steps } = rollout;
  return (
    <li className="py-1.5">
      <Disclosure
        summary={<span dir="auto">{question}</span>}
        aside={<Grades rollout={rollout} scale={scale} other={other} />}
      >
        <div className="space-y-3 pt-1 pb-2">
          <TextBlock text={output} maxLines={12} emptyText="There is no answer." />
          {steps.length > 0 && (
            <Disclosure summary={`What it did: ${countOf(steps.length, "step")}`}>
              <ol className="list-decimal space-y-2 ps-5">
                {steps.map((step, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and nothing else
                  <li key={index}>
                    <span className="font-medium">{step.tool}</span>{" "}
                    {step.ms !== null && <span className="text-ink-muted">{secondsWords(step.ms)}</span>}
                    <TextBlock text={`${step.arguments}\n→ ${step.result}`} isMono maxLines={8} />
                  </li>
                ))}
              </ol>
            </Disclosure>
          )}
          <p>
            <span className="font-medium">{cause ? "Why it could not be scored: " : "The judge: "}</span>
            <span dir="auto">{cause ?? rationale}</span>
          </p>
          <p className="text-ink-muted tabular-nums">{paidWords(rollout)}</p>
        </div>
      </Disclosure>
    </li>
  );
}

function paidWords({ paid, costUsd, latencyMs }: Rollout): string {
  if (!paid) return "Known from an earlier run: not asked again, and not paid for.";
  return [
    latencyMs === null ? null : `Answered in ${secondsWords(latencyMs)}`,
    costUsd === null ? null : formatUsd(costUsd),
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function Grades({
  rollout,
  scale,
  other,
}: {
  rollout: Rollout;
  scale: ShownScale;
  other: { id: string; score: number | null } | null;
}) {
  const { score, shown } = rollout;
  const say = (value: number): string => String(Number(scale.toShown(value).toFixed(2)));
  const before = other?.score ?? null;
  return (
    <span className="whitespace-nowrap tabular-nums">
      {other && before !== null && (
        <span className="text-ink-muted">
          <span className="sr-only">{candidateInSentence(other.id)} </span>
          {`${say(before)} → `}
        </span>
      )}
      <span className="font-medium">{shown}</span>
      {before !== null && score !== null && score !== before && (
        <Mark kind={score > before ? "better" : "worse"} className="ms-1.5" />
      )}
    </span>
  );
}
