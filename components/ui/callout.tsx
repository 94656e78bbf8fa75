import type { ReactNode } from "react";
import { type Tone, toneSoft } from "./badge";
import { cx } from "./cx";
import { Mark, type MarkKind } from "./mark";

const MARK_OF: Record<Tone, MarkKind | null> = {
  neutral: null,
  accent: null,
  better: "better",
  worse: "failed",
  warning: "warning",
  simulated: null,
};

interface CalloutProps {
  title?: ReactNode;
  children?: ReactNode;
  tone?: Tone;
  /** Buttons or links: what can be done about it. */
  actions?: ReactNode;
  className?: string;
}

/** Something to know before going on. */
export function Callout({ title, children, tone = "neutral", actions, className }: CalloutProps) {
  const mark = MARK_OF[tone];
  return (
    <div
      className={cx(
        "flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border p-3.5",
        toneSoft[tone],
        className,
      )}
    >
      <div className="flex min-w-56 flex-1 gap-2.5">
        {mark && <Mark kind={mark} isDecoration={mark !== "warning"} />}
        <div className="min-w-0">
          {title && <p className="font-medium">{title}</p>}
          {children && <div className="measure text-ink">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
