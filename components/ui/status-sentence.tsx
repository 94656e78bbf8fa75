import type { ReactNode } from "react";
import { cx } from "./cx";
import { Mark, type MarkKind } from "./mark";
import { Spinner } from "./spinner";

export type Status = "neutral" | "busy" | "better" | "worse" | "warning" | "failed" | "done";

const MARK_OF: Partial<Record<Status, MarkKind>> = {
  better: "better",
  worse: "worse",
  warning: "warning",
  failed: "failed",
  done: "done",
};

interface StatusSentenceProps {
  /** One whole sentence. */
  children: ReactNode;
  status?: Status;
  className?: string;
}

/** The state of a thing in one sentence, with a shape for those who glance. */
export function StatusSentence({ children, status = "neutral", className }: StatusSentenceProps) {
  const mark = MARK_OF[status];
  return (
    <p
      className={cx("measure flex items-baseline gap-2 text-base text-ink-muted", className)}
      data-status={status}
    >
      {status === "busy" && <Spinner className="mt-1.25 size-3.5 self-start text-accent" />}
      {mark && <Mark kind={mark} isDecoration />}
      <span className="min-w-0">{children}</span>
    </p>
  );
}
