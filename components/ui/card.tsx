import type { ReactNode } from "react";
import { cx } from "./cx";

interface CardProps {
  children: ReactNode;
  title?: ReactNode;
  /** Level of the title. Default h2. */
  heading?: "h2" | "h3";
  /** Small controls at the end of the title's line. */
  actions?: ReactNode;
  /** `raised` for the one thing to do; `plain` for the rest. */
  emphasis?: "plain" | "raised";
  /** No padding, for a table that fills it. */
  isFlush?: boolean;
  className?: string;
  id?: string;
}

/** One matter, set apart. */
export function Card({
  children,
  title,
  heading: Heading = "h2",
  actions,
  emphasis = "plain",
  isFlush = false,
  className,
  id,
}: CardProps) {
  return (
    <section
      id={id}
      className={cx(
        "rounded-lg border bg-raised",
        emphasis === "raised" ? "border-accent/50 shadow-low" : "border-line",
        className,
      )}
    >
      {(title || actions) && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3">
          {title && <Heading className="font-semibold">{title}</Heading>}
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={cx(!isFlush && "p-4", !isFlush && title ? "pt-1.5!" : null)}>{children}</div>
    </section>
  );
}
