"use client";

import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Mark } from "@/components/ui/mark";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { RunComparison } from "@/lib/contracts/run-comparison";
import { formatUsd } from "@/lib/view-models/run-money";
import { gainWords } from "@/lib/view-models/run-row-words";
import { shownScaleOf } from "@/lib/view-models/run-scale";
import { TextDiff } from "./text-diff";

/** Two runs side by side: what differed at launch, what came of each, where the results differ. */
export function CompareView({ projectId, comparison }: { projectId: string; comparison: RunComparison }) {
  const [left, right] = comparison.runs;
  const names = [`Run ${left.number}`, `Run ${right.number}`] as const;
  const differing = comparison.settings.filter(({ isDifferent }) => isDifferent);
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/runs`}>Runs</TextLink>}
        title={`${names[0]} and run ${right.number}`}
        sentence={
          differing.length === 0
            ? "Both were launched with the same settings."
            : `They differ in ${differing.map(({ name }) => name.toLowerCase()).join(", ")}.`
        }
      />
      <div className="space-y-6">
        <Outcomes projectId={projectId} comparison={comparison} />
        <Card title="Settings" isFlush>
          <Table
            caption="Settings of both runs, differences first"
            rows={[...differing, ...comparison.settings.filter(({ isDifferent }) => !isDifferent)]}
            rowKey={({ name }) => name}
            columns={[
              {
                key: "name",
                header: "Setting",
                isRowHeader: true,
                cell: ({ name, isDifferent }) => (
                  <span className={isDifferent ? "font-medium" : "text-ink-muted"}>
                    {name}
                    {isDifferent && <span className="sr-only"> (differs)</span>}
                  </span>
                ),
              },
              { key: "left", header: names[0], cell: (row) => row.left },
              { key: "right", header: names[1], cell: (row) => row.right },
            ]}
          />
        </Card>
        <Records comparison={comparison} names={names} />
        <Texts texts={comparison.texts} />
      </div>
    </>
  );
}

function Outcomes({ projectId, comparison: { runs } }: { projectId: string; comparison: RunComparison }) {
  return (
    <Card title="What came of them" isFlush>
      <Table
        caption="What came of each run"
        rows={runs}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "run",
            header: "Run",
            isRowHeader: true,
            cell: ({ id, number }) => (
              <TextLink href={`/p/${projectId}/runs/${id}`}>{`Run ${number}`}</TextLink>
            ),
          },
          { key: "sentence", header: "What came of it", cell: ({ sentence }) => sentence },
          {
            key: "gain",
            header: "Gain on practice records",
            cell: (run) => gainWords(run, shownScaleOf(run.scale)),
          },
          {
            key: "used",
            header: "Used",
            cell: ({ metricCalls, maxMetricCalls, spentUsd }) =>
              `${metricCalls} of ${maxMetricCalls}${spentUsd === null ? "" : ` · ${formatUsd(spentUsd)}`}`,
          },
        ]}
      />
    </Card>
  );
}

const SHOWN = 30;

function Records({ comparison, names }: { comparison: RunComparison; names: readonly [string, string] }) {
  const { records, isComparable, runs } = comparison;
  if (!isComparable)
    return (
      <Callout title="The records are not compared.">
        Other judges graded the two runs, so their grades are of two rulers.
      </Callout>
    );
  const scale = shownScaleOf(runs[0].scale);
  const say = (score: number): string => String(Number(scale.toShown(score).toFixed(2)));
  const better = records.filter(({ left, right }) => right > left).length;
  const worse = records.filter(({ left, right }) => right < left).length;
  return (
    <Card title="Where the results differ" isFlush>
      <p className="px-4 pb-2 text-ink-muted">
        {`On the ${records.length} records that both best candidates were scored on, ${names[1]} is better on ${better}, worse on ${worse}, the same on ${records.length - better - worse}.`}
      </p>
      <Table
        caption="Grades of the two best candidates, the largest differences first"
        rows={records.filter(({ left, right }) => left !== right).slice(0, SHOWN)}
        rowKey={({ recordId }) => recordId}
        columns={[
          {
            key: "question",
            header: "Question",
            isRowHeader: true,
            cell: ({ question }) => <span dir="auto">{question}</span>,
          },
          { key: "left", header: names[0], cell: ({ left }) => say(left) },
          {
            key: "right",
            header: names[1],
            cell: ({ left, right }) => (
              <span className="whitespace-nowrap">
                {say(right)} <Mark kind={right > left ? "better" : "worse"} />
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Texts({ texts: { left, right } }: { texts: RunComparison["texts"] }) {
  return (
    <Card title="From one best text to the other">
      {Object.keys({ ...left, ...right }).map((name) => (
        <TextDiff key={name} before={left[name] ?? ""} after={right[name] ?? ""} />
      ))}
    </Card>
  );
}
