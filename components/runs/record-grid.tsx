"use client";

import { type CSSProperties, useMemo, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Mark } from "@/components/ui/mark";
import type { RunView } from "@/lib/contracts/runs";
import { candidateNumber } from "@/lib/view-models/run-names";
import { type GridAxes, prepareGridAxes } from "@/lib/view-models/run-records";
import type { ShownScale } from "@/lib/view-models/run-scale";

interface RecordGridProps {
  view: RunView;
  scale: ShownScale;
  questions: Readonly<Record<string, string>>;
  onLook(candidateId: string): void;
}

const ROW = 36;
const COLUMN = 60;
const HEAD = 36;
/** Rows and columns drawn beyond what is seen, so that a quick scroll shows no holes. */
const SPARE = 6;

/** Which candidate is good at which record. Only the cells that are seen exist, so 500 × 200 scrolls as 5 × 5. */
export function RecordGrid({ view, scale, questions, onLook }: RecordGridProps) {
  const axes = useMemo(() => prepareGridAxes(view, scale, questions), [view, scale, questions]);
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ top: 0, left: 0, height: 480, width: 1_400 });
  const measure = () => {
    const { current } = box;
    if (!current) return;
    setSeen({
      top: current.scrollTop,
      left: current.scrollLeft,
      height: current.clientHeight,
      width: current.clientWidth,
    });
  };
  if (axes.columns.length === 0) return <p className="text-ink-muted">Nothing is scored yet.</p>;
  const rows = windowOf(seen.top, seen.height, ROW, axes.rows.length);
  const columns = windowOf(seen.left, seen.width, COLUMN, axes.columns.length);
  return (
    <>
      <p className="mb-2 text-ink-muted">
        <Mark kind="front" isDecoration /> best on this record · × could not be scored · – not scored
      </p>
      <section
        ref={box}
        onScroll={() => requestAnimationFrame(measure)}
        aria-label="Grades of the candidates on each record"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-120 overflow-auto rounded-md border border-line [--name:9rem] sm:[--name:20rem]"
      >
        <Cells axes={axes} rows={rows} columns={columns} onLook={onLook} />
      </section>
    </>
  );
}

function columnWord(candidateId: string): string {
  return candidateId === "c0" ? "start" : candidateNumber(candidateId);
}

interface Window {
  from: number;
  to: number;
}

function windowOf(offset: number, size: number, step: number, count: number): Window {
  const from = Math.max(0, Math.floor(offset / step) - SPARE);
  return { from, to: Math.min(count, Math.ceil((offset + size) / step) + SPARE) };
}

interface CellsProps {
  axes: GridAxes;
  rows: Window;
  columns: Window;
  onLook(candidateId: string): void;
}

// Spelled out as roles: the cells stand where they belong by position, which a browser's table cannot do.
function Cells({ axes, rows, columns, onLook }: CellsProps) {
  const shownColumns = axes.columns.slice(columns.from, columns.to);
  const at = (index: number): CSSProperties => ({
    width: COLUMN,
    transform: `translateX(${columns.from * COLUMN + (index - columns.from) * COLUMN}px)`,
  });
  const width = `max(100%, calc(var(--name) + ${axes.columns.length * COLUMN}px))`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      role="table"
      aria-label="Grades"
      aria-rowcount={axes.rows.length + 1}
      aria-colcount={axes.columns.length + 1}
      className="relative"
      style={{ width, height: HEAD + axes.rows.length * ROW }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a row of headings */}
      <div
        role="row"
        aria-rowindex={1}
        className="sticky top-0 z-20 flex border-b border-line bg-sunken"
        style={{ height: HEAD, width }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a heading, not a control */}
        <div
          role="columnheader"
          className="sticky start-0 z-10 flex w-(--name) shrink-0 items-center bg-sunken px-3 font-medium"
        >
          Record
        </div>
        <div role="presentation" className="relative">
          {shownColumns.map(({ candidateId, name }, index) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div
              key={candidateId}
              role="columnheader"
              aria-colindex={columns.from + index + 2}
              className="absolute inset-y-0 grid place-items-center"
              style={at(columns.from + index)}
            >
              <button
                type="button"
                aria-label={`${columnWord(candidateId)}: look at ${name}`}
                onClick={() => onLook(candidateId)}
                className="calm min-h-7 min-w-10 rounded-md font-medium tabular-nums hover:bg-hover"
              >
                {columnWord(candidateId)}
              </button>
            </div>
          ))}
        </div>
      </div>
      {axes.rows.slice(rows.from, rows.to).map((row, index) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: a row of grades
        <div
          key={row.recordId}
          role="row"
          aria-rowindex={rows.from + index + 2}
          className="absolute flex border-b border-line"
          style={{ height: ROW, width, top: HEAD + (rows.from + index) * ROW }}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: a heading, not a control */}
          <div
            role="rowheader"
            className="sticky start-0 z-10 flex w-(--name) shrink-0 items-center bg-surface px-3"
          >
            <span
              dir="auto"
              className={cx("truncate", (row.isPracticeOnly || row.excluded) && "text-ink-muted")}
            >
              {row.excluded ? "left out: " : row.isPracticeOnly ? "learned from only: " : ""}
              {row.question}
            </span>
          </div>
          <div role="presentation" className="relative">
            {shownColumns.map(({ candidateId }, place) => {
              const cell = axes.cellOf(row.recordId, candidateId);
              return (
                // biome-ignore lint/a11y/useSemanticElements: see above
                <div
                  key={candidateId}
                  role="cell"
                  aria-colindex={columns.from + place + 2}
                  className={cx(
                    "absolute inset-y-0 flex items-center justify-center gap-1 tabular-nums",
                    cell.score === null && "text-ink-faint",
                    cell.isBest && "font-medium",
                  )}
                  style={at(columns.from + place)}
                >
                  {cell.isBest && <Mark kind="front" word="best" />}
                  {cell.isFailed ? (
                    <span role="img" aria-label="could not be scored">
                      ×
                    </span>
                  ) : (
                    cell.text
                  )}
                </div>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}
