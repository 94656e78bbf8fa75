"use client";

import {
  Area,
  ComposedChart,
  Label,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  XAxis,
  YAxis,
} from "recharts";
import {
  formatTick,
  prepareRows,
  type ScoreCurveData,
  type ScorePoint,
  scoreDomain,
  seedWords,
} from "./score-curve-model";

interface ScoreCurvePlotProps {
  data: ScoreCurveData;
  /** Index of the point that is read now. */
  active: number | null;
  onActive: (index: number | null) => void;
}

const AXIS = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--ink-muted)", fontSize: 12 },
  tickLine: false,
} as const;
// A halo in the colour of the page keeps words readable across lines and bands.
const HALO = { paintOrder: "stroke", stroke: "var(--surface)", strokeWidth: 3 } as const;
const LABEL = { fill: "var(--ink-muted)", fontSize: 12, style: HALO } as const;

/** The drawing alone; words, keys and table are in ScoreCurve. */
export function ScoreCurvePlot({ data, active, onActive }: ScoreCurvePlotProps) {
  const { points, scale, seedScore, productionScore, isProductionStart, maxMetricCalls } = data;
  // Each name on the far side of the other line, so that close lines do not cover them.
  const isProductionAbove = productionScore !== null && productionScore > (seedScore ?? 0);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={prepareRows(data)}
        margin={{ top: 30, right: 16, bottom: 20, left: 4 }}
        accessibilityLayer={false}
      >
        <XAxis
          {...AXIS}
          type="number"
          dataKey="metricCalls"
          domain={[0, maxMetricCalls]}
          tickCount={6}
          allowDecimals={false}
        >
          <Label {...LABEL} value="scored answers used" position="insideBottom" offset={-14} />
        </XAxis>
        <YAxis
          {...AXIS}
          type="number"
          domain={scoreDomain(data)}
          tickFormatter={(value: number) => formatTick(value, scale)}
          width={44}
          axisLine={false}
        >
          <Label
            {...LABEL}
            value={`${scale.label}, ${scale.min} to ${scale.max}`}
            position="top"
            offset={14}
            dx={26}
          />
        </YAxis>
        <Area
          dataKey="luck"
          type="linear"
          stroke="var(--line-strong)"
          strokeOpacity={0.5}
          fill="var(--ink-faint)"
          fillOpacity={0.15}
          connectNulls
          isAnimationActive={false}
          activeDot={false}
        />
        {productionScore !== null && (
          <Reference
            score={productionScore}
            words="in production"
            side={isProductionAbove ? "insideBottomRight" : "insideTopRight"}
            dashes="2 3"
          />
        )}
        {seedScore !== null && (
          <Reference
            score={seedScore}
            words={seedWords(isProductionStart)}
            side={isProductionAbove || productionScore === null ? "insideTopRight" : "insideBottomRight"}
            dashes="6 4"
          />
        )}
        <Line
          dataKey="best"
          type="stepAfter"
          stroke="var(--accent)"
          strokeWidth={2}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Scatter
          data={points.map((point, index) => ({ ...point, index }))}
          dataKey="score"
          isAnimationActive={false}
          shape={(props: unknown) => (
            <PointShape {...(props as PointShapeProps)} active={active} maxMetricCalls={maxMetricCalls} />
          )}
          onMouseEnter={(_, index) => onActive(index)}
          onMouseLeave={() => onActive(null)}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

interface ReferenceProps {
  score: number;
  words: string;
  side: "insideTopRight" | "insideBottomRight";
  dashes: string;
}

/** A level to compare with, named on the line itself. */
function Reference({ score, words, side, dashes }: ReferenceProps) {
  return (
    <ReferenceLine y={score} stroke="var(--ink-faint)" strokeDasharray={dashes}>
      <Label {...LABEL} value={words} position={side} />
    </ReferenceLine>
  );
}

interface PointShapeProps {
  cx: number;
  cy: number;
  payload: ScorePoint & { index: number };
  active: number | null;
  maxMetricCalls: number;
}

/** ★ recommended, ◆ on the front, ● tried on all compared records, ○ on some. */
function PointShape({ cx, cy, payload, active, maxMetricCalls }: PointShapeProps) {
  const isActive = active === payload.index;
  const share = payload.metricCalls / maxMetricCalls;
  const anchor = share > 0.85 ? "end" : share < 0.1 ? "start" : "middle";
  return (
    <g transform={`translate(${cx} ${cy})`}>
      {/* A target of 24 px, however small the sign. */}
      <circle r={12} fill="transparent" />
      {isActive && <circle r={10} fill="none" stroke="var(--focus)" strokeWidth={2} />}
      <PointSign point={payload} />
      {payload.isRecommended && (
        <text y={-13} textAnchor={anchor} fill="var(--ink)" fontSize={12} fontWeight={600} style={HALO}>
          {payload.candidateLabel}
        </text>
      )}
    </g>
  );
}

const STAR = "M0 -7.5 2.1 -2.6 7.4 -2.2 3.3 1.3 4.6 6.5 0 3.7 -4.6 6.5 -3.3 1.3 -7.4 -2.2 -2.1 -2.6Z";
const DIAMOND = "M0 -5.5 5.5 0 0 5.5 -5.5 0Z";

function PointSign({ point }: { point: ScorePoint }) {
  const edge = { stroke: "var(--surface-raised)", strokeWidth: 1.25 };
  if (point.isRecommended) return <path d={STAR} fill="var(--accent)" {...edge} />;
  if (point.isFront) return <path d={DIAMOND} fill="var(--accent)" {...edge} />;
  if (point.kind === "rung")
    return <circle r={3} fill="var(--surface-raised)" stroke="var(--ink-faint)" strokeWidth={1.25} />;
  return <circle r={3.5} fill="var(--ink-muted)" {...edge} />;
}
