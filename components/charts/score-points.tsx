"use client";

import type { PointerEvent } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import type { ScorePoint } from "./score-curve-model";
import { dotsPath, nearestPlace, type Place } from "./score-points-model";

/** A halo in the colour of the page keeps words readable across lines and bands. */
export const HALO = { paintOrder: "stroke", stroke: "var(--surface)", strokeWidth: 3 } as const;
/** How near the pointer must be, in pixels: a target of 24 px, however small the sign. */
const REACH = 12;

interface ScorePointsProps {
  points: readonly ScorePoint[];
  active: number | null;
  maxMetricCalls: number;
  onActive: (index: number | null) => void;
}

/**
 * ★ recommended, ◆ on the front, ● tried on all compared records, ○ on some. The plain ones of a kind are one path:
 * five hundred candidates are drawn with as few elements as five.
 */
export function ScorePoints({ points, active, maxMetricCalls, onActive }: ScorePointsProps) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (!x || !y || !plot) return null;
  const placed = points.map((point) => ({
    point,
    x: x(point.metricCalls) ?? Number.NaN,
    y: y(point.score) ?? Number.NaN,
  }));
  const plain = placed.filter(({ point }) => !point.isFront && !point.isRecommended);
  const marked = placed.filter(({ point }) => point.isFront || point.isRecommended);
  const read = active === null ? undefined : placed[active];
  const onMove = (event: PointerEvent<SVGRectElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left + plot.x - REACH, y: event.clientY - box.top + plot.y - REACH };
    onActive(nearestPlace(placed, at, REACH));
  };
  return (
    <g>
      <path
        d={dotsPath(
          plain.filter(({ point }) => point.kind === "rung"),
          3,
        )}
        fill="var(--surface-raised)"
        stroke="var(--ink-faint)"
        strokeWidth={1.25}
      />
      <path
        d={dotsPath(
          plain.filter(({ point }) => point.kind !== "rung"),
          3.5,
        )}
        fill="var(--ink-muted)"
        {...EDGE}
      />
      {marked.map((place) => (
        <MarkedPoint key={keyOf(place.point)} {...place} maxMetricCalls={maxMetricCalls} />
      ))}
      {read && <circle cx={read.x} cy={read.y} r={10} fill="none" stroke="var(--focus)" strokeWidth={2} />}
      {/* Wider than the plot by the reach: points on its edge are read too. */}
      <rect
        x={plot.x - REACH}
        y={plot.y - REACH}
        width={plot.width + 2 * REACH}
        height={plot.height + 2 * REACH}
        fill="transparent"
        onPointerMove={onMove}
        onPointerDown={onMove}
        onPointerLeave={() => onActive(null)}
      />
    </g>
  );
}

const EDGE = { stroke: "var(--surface-raised)", strokeWidth: 1.25 } as const;
const STAR = "M0 -7.5 2.1 -2.6 7.4 -2.2 3.3 1.3 4.6 6.5 0 3.7 -4.6 6.5 -3.3 1.3 -7.4 -2.2 -2.1 -2.6Z";
const DIAMOND = "M0 -5.5 5.5 0 0 5.5 -5.5 0Z";

const keyOf = (point: ScorePoint): string => `${point.candidateLabel}-${point.metricCalls}-${point.kind}`;

interface MarkedPointProps extends Place {
  point: ScorePoint;
  maxMetricCalls: number;
}

function MarkedPoint({ x, y, point, maxMetricCalls }: MarkedPointProps) {
  const share = point.metricCalls / maxMetricCalls;
  const anchor = share > 0.85 ? "end" : share < 0.1 ? "start" : "middle";
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d={point.isRecommended ? STAR : DIAMOND} fill="var(--accent)" {...EDGE} />
      {point.isRecommended && (
        <text y={-13} textAnchor={anchor} fill="var(--ink)" fontSize={12} fontWeight={600} style={HALO}>
          {point.candidateLabel}
        </text>
      )}
    </g>
  );
}
