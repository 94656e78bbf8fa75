import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  /** Open at first. */
  defaultOpen?: boolean;
  /** Something at the end of the line, such as a count. */
  aside?: ReactNode;
  className?: string;
}

/** Folded details. The browser's own element: it is found by search on the page, and printed open. */
export function Disclosure({ summary, children, defaultOpen = false, aside, className }: DisclosureProps) {
  return (
    <details open={defaultOpen} className={cx("group/fold", className)}>
      <summary className="calm -mx-1.5 flex min-h-8 list-none items-center gap-1.5 rounded-md px-1.5 text-ink-muted hover:bg-hover hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="calm size-4 shrink-0 group-open/fold:rotate-90 rtl:-scale-x-100"
        />
        <span className="min-w-0 flex-1">{summary}</span>
        {aside}
      </summary>
      <div className="pt-2 ps-6">{children}</div>
    </details>
  );
}
