import type { ReactNode } from "react";
import { cx } from "./cx";

interface ProgressBarProps {
  /** What progresses, for screen readers: "Scored answers". */
  label: string;
  value: number;
  max: number;
  /** The same in words, always visible: "41 of 75 scored answers used". */
  text: ReactNode;
  /** Something at the end of the line, such as the time left. */
  aside?: ReactNode;
  className?: string;
}

/** Progress as text first, and as a bar. */
export function ProgressBar({ label, value, max, text, aside, className }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className={className}>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4 tabular-nums">
        <span>{text}</span>
        {aside && <span className="text-ink-muted">{aside}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(max, Math.max(0, value))}
        aria-valuetext={typeof text === "string" ? text : `${value} of ${max}`}
        className={cx("h-1.5 overflow-hidden rounded-full border border-line-strong bg-sunken")}
      >
        <div className="calm h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
