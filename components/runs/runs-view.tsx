"use client";

import { useState } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { Table, type TableColumn } from "@/components/ui/table";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { RunRow } from "@/lib/contracts/runs";
import { runsOptions } from "@/lib/queries/runs";
import { useSeededQuery } from "@/lib/queries/use-seeded-query";
import { formatUsd } from "@/lib/view-models/run-money";
import { gainWords, sparklineWords } from "@/lib/view-models/run-row-words";
import { shownScaleOf } from "@/lib/view-models/run-scale";
import { DateWords } from "./date-words";

interface RunsViewProps {
  projectId: string;
  isSimulated: boolean;
  canStart: boolean;
  initial: RunRow[];
}

/** Can the prompt get better? Every run, with what came of it. */
export function RunsView({ projectId, isSimulated, canStart, initial }: RunsViewProps) {
  const { data: runs } = useSeededQuery(runsOptions(projectId), initial);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const choose = (id: string) =>
    setChosen((before) =>
      before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-2),
    );
  const start = canStart && (
    <LinkButton href={`/p/${projectId}/runs/new`} variant="primary">
      Start a run
    </LinkButton>
  );
  if (runs.length === 0) return <NoRuns isSimulated={isSimulated} start={start} />;
  return (
    <>
      <PageHeader title="Runs" sentence={sentenceOf(runs)} isSimulated={isSimulated} primary={start} />
      <Table
        caption="Runs, newest first"
        columns={[
          ...(runs.length > 1 ? [compareColumn(chosen, choose)] : []),
          ...columnsFor(projectId, isSimulated),
        ]}
        rows={runs}
        rowKey={({ id }) => id}
      />
      {runs.length > 1 && <CompareTwo projectId={projectId} runs={runs} chosen={chosen} />}
    </>
  );
}

function NoRuns({ isSimulated, start }: { isSimulated: boolean; start: React.ReactNode }) {
  return (
    <>
      <PageHeader title="Runs" isSimulated={isSimulated} />
      <EmptyState title="No runs yet." primary={start || null}>
        <p>
          A run searches for a better prompt. It suggests small edits, lets the assistant answer your practice
          records with them, and keeps what the <Term code="judge">judge</Term> grades higher. It never uses
          more than you allow, and nothing goes into production by itself.
        </p>
        {!start && <p>An engineer or an admin of this project starts runs.</p>}
      </EmptyState>
    </>
  );
}

function sentenceOf(runs: readonly RunRow[]): string {
  const active = runs.find(({ state }) => state === "running" || state === "queued" || state === "paused");
  if (active)
    return `Run ${active.number} is ${active.state === "paused" ? "paused" : "going on"}. ${active.sentence}`;
  const [last] = runs;
  return last ? `Run ${last.number} was the last. ${last.sentence}` : "";
}

/** The earlier one on the left. */
function CompareTwo({
  projectId,
  runs,
  chosen,
}: {
  projectId: string;
  runs: readonly RunRow[];
  chosen: readonly string[];
}) {
  const [left, right] = runs.filter(({ id }) => chosen.includes(id)).toReversed();
  if (!left || !right) return <p className="mt-3 text-ink-muted">Tick two runs to see them side by side.</p>;
  return (
    <LinkButton className="mt-3" href={`/p/${projectId}/runs/compare?left=${left.id}&right=${right.id}`}>
      {`Compare run ${left.number} with run ${right.number}`}
    </LinkButton>
  );
}

function compareColumn(chosen: readonly string[], choose: (id: string) => void): TableColumn<RunRow> {
  return {
    key: "compare",
    header: <VisuallyHidden>Compare</VisuallyHidden>,
    cell: ({ id, number }) => (
      <input
        type="checkbox"
        aria-label={`Compare run ${number}`}
        checked={chosen.includes(id)}
        onChange={() => choose(id)}
        className="size-4 accent-accent"
      />
    ),
  };
}

function columnsFor(projectId: string, isProjectSimulated: boolean): TableColumn<RunRow>[] {
  return [
    {
      key: "run",
      header: "Run",
      isRowHeader: true,
      cell: (run) => (
        <span className="whitespace-nowrap">
          <TextLink href={`/p/${projectId}/runs/${run.id}`}>{`Run ${run.number}`}</TextLink>{" "}
          <span className="text-ink-muted">· v{run.promptVersion}</span>
        </span>
      ),
    },
    {
      key: "outcome",
      header: "What came of it",
      cell: (run) => (
        <span>
          {run.sentence} {run.simulated && !isProjectSimulated && <SimulatedTag />}
        </span>
      ),
    },
    {
      key: "curve",
      header: "Best so far",
      cell: (run) =>
        run.sparkline.length < 2 ? (
          "–"
        ) : (
          <Sparkline values={run.sparkline} label={sparklineWords(run, shownScaleOf(run.scale))} />
        ),
    },
    {
      key: "gain",
      header: "Gain on practice records",
      cell: (run) => <span className="tabular-nums">{gainWords(run, shownScaleOf(run.scale))}</span>,
    },
    {
      key: "used",
      header: "Used",
      cell: (run) => (
        <span className="whitespace-nowrap tabular-nums">
          {run.metricCalls} of {run.maxMetricCalls}
          {run.spentUsd === null ? "" : ` · ${formatUsd(run.spentUsd)}`}
        </span>
      ),
    },
    {
      key: "who",
      header: "Who, when",
      cell: (run) => (
        <span className="whitespace-nowrap">
          {run.createdBy}, <DateWords at={run.createdAt} />
        </span>
      ),
    },
  ];
}
