import type { ReactNode } from "react";

interface EmptyStateProps {
  /** What is not here yet: "No records yet." */
  title: ReactNode;
  /** What this is and why it matters, in plain words. */
  children: ReactNode;
  /** The first act that this person may do; else say who may. */
  primary?: ReactNode;
  secondary?: ReactNode;
  heading?: "h1" | "h2" | "h3";
}

/** Nothing here yet: what it is, why it matters, the first thing to do. */
export function EmptyState({
  title,
  children,
  primary,
  secondary,
  heading: Heading = "h2",
}: EmptyStateProps) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong px-5 py-8 sm:px-8 sm:py-10">
      <Heading className="text-lg font-semibold">{title}</Heading>
      <div className="measure mt-2 space-y-2 text-base text-ink-muted">{children}</div>
      {(primary || secondary) && (
        <div className="mt-5 flex flex-wrap items-center gap-2">
          {primary}
          {secondary}
        </div>
      )}
    </div>
  );
}
