"use client";

import { Area, ComposedChart, Label, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { formatTick, prepareRows, type ScoreCurveData, scoreDomain, seedWords } from "./score-curve-model";
import { HALO, ScorePoints } from "./score-points";

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
        {/* An area without a filling: a line of the library measures its own length each time it is drawn. */}
        <Area
          dataKey="best"
          type="stepAfter"
          stroke="var(--accent)"
          strokeWidth={2}
          fill="none"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <ScorePoints points={points} active={active} maxMetricCalls={maxMetricCalls} onActive={onActive} />
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
