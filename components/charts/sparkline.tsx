import { sparklinePath } from "./sparkline-path";

interface SparklineProps {
  /** In order; null where there was no number: the line is broken there. */
  values: readonly (number | null)[];
  /** The same in words: "From 3.4 to 4.1 over 7 candidates". */
  label: string;
  width?: number;
  height?: number;
  /** Ends of the vertical axis. Default: those of the values. */
  min?: number;
  max?: number;
  className?: string;
}

/** A line the size of a word. */
export function Sparkline({ values, label, width = 72, height = 20, min, max, className }: SparklineProps) {
  const { path, end } = sparklinePath(values, { width, height, min, max });
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={className}
    >
      <title>{label}</title>
      <path
        d={path}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {end && <circle cx={end.x} cy={end.y} r="2" fill="var(--accent)" />}
    </svg>
  );
}
