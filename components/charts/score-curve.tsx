"use client";

import dynamic from "next/dynamic";
import { type KeyboardEvent, memo, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { Mark } from "@/components/ui/mark";
import { Table, type TableColumn } from "@/components/ui/table";
import { Term } from "@/components/ui/term";
import {
  describeCurve,
  describePoint,
  formatScore,
  type ScoreCurveData,
  type ScorePoint,
} from "./score-curve-model";

/** Fixed, so that nothing jumps when the drawing arrives, in pixels. */
const SCORE_CURVE_HEIGHT = 300;

// Recharts is the largest part of the run page: it is fetched once the page is readable.
const Plot = dynamic(() => import("./score-curve-plot").then((module) => module.ScoreCurvePlot), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

export interface ScoreCurveProps extends ScoreCurveData {
  /** Heading of the figure. Default "Score by scored answers used". */
  title?: string;
}

/**
 * How the best score of a run rises with the scored answers used, with a table behind it. Drawn anew only when what it
 * shows has changed: a run tells more often of answers than of candidates.
 */
export const ScoreCurve = memo(function ScoreCurve({
  title = "Score by scored answers used",
  ...data
}: ScoreCurveProps) {
  const [isTable, setTable] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const id = useId();
  const activePoint = active === null ? null : (data.points[active] ?? null);
  return (
    <figure aria-labelledby={`${id}-title`} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <figcaption id={`${id}-title`} className="font-medium">
          {title}
        </figcaption>
        <Button
          size="sm"
          variant="secondary"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
          data-print="hide"
        >
          Table
        </Button>
      </div>
      <div style={{ height: SCORE_CURVE_HEIGHT }}>
        {isTable ? (
          <PointsTable {...data} />
        ) : (
          <ChartKeys data={data} active={active} onActive={setActive}>
            <Plot data={data} active={active} onActive={setActive} />
          </ChartKeys>
        )}
      </div>
      <p aria-live="polite" className="mt-1 min-h-10 text-ink-muted tabular-nums sm:min-h-5">
        {activePoint ? describePoint(activePoint, data.scale) : <Legend hasBand={data.luckBand.length > 0} />}
      </p>
    </figure>
  );
});

interface ChartKeysProps {
  data: ScoreCurveData;
  active: number | null;
  onActive: (index: number | null) => void;
  children: React.ReactNode;
}

/** Takes the focus as one thing; arrow keys read its points one by one. */
function ChartKeys({ data, active, onActive, children }: ChartKeysProps) {
  const last = data.points.length - 1;
  const moves: Record<string, number | null> = {
    ArrowRight: Math.min(last, (active ?? -1) + 1),
    ArrowLeft: Math.max(0, (active ?? last + 1) - 1),
    Home: 0,
    End: last,
    Escape: null,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moves[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    onActive(next);
  };
  return (
    <div
      role="application"
      aria-roledescription="chart"
      aria-label={`${describeCurve(data)} Arrow keys read the points.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, see above
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => onActive(null)}
      className="size-full rounded-md"
    >
      {children}
    </div>
  );
}

function Legend({ hasBand }: { hasBand: boolean }) {
  return (
    <span className="flex flex-wrap gap-x-4">
      <span>
        <Mark kind="front" isDecoration /> <Term code="pareto-front">best on at least one record</Term>
      </span>
      <span>
        <Mark kind="recommended" isDecoration /> <Term code="recommended" />
      </span>
      {hasBand && (
        <span>
          <span
            aria-hidden="true"
            className="me-1 inline-block h-2.5 w-4 rounded-sm border border-line bg-hover"
          />
          <Term code="luck-band" />
        </span>
      )}
    </span>
  );
}

function PointsTable({ points, scale }: ScoreCurveData) {
  const columns: TableColumn<ScorePoint>[] = [
    {
      key: "candidate",
      header: "Candidate",
      isRowHeader: true,
      cell: (point) => (
        <>
          {point.candidateLabel}
          {point.isRecommended && <Mark kind="recommended" className="ms-1.5" />}
          {point.isFront && <Mark kind="front" className="ms-1.5" />}
        </>
      ),
    },
    {
      key: "score",
      header: `Score (${scale.label})`,
      isNumeric: true,
      cell: (point) => formatScore(point.score, scale),
    },
    { key: "calls", header: "Scored answers used", isNumeric: true, cell: (point) => point.metricCalls },
    {
      key: "kind",
      header: "Tried on",
      cell: (point) => (point.kind === "rung" ? "some records" : "all compared records"),
    },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label="Scores as a table" tabIndex={0} className="h-full overflow-y-auto">
      <Table
        caption="Scores of the candidates"
        columns={columns}
        rows={points}
        rowKey={(point) => `${point.candidateLabel}-${point.metricCalls}-${point.kind}`}
      />
    </section>
  );
}
