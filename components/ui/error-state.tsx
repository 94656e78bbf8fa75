import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "./disclosure";

interface ErrorStateProps {
  /** What happened, with counts. */
  title: ReactNode;
  /** What was kept. */
  kept: ReactNode;
  /** What to do next. */
  next: ReactNode;
  actions?: ReactNode;
  /** For engineers: cause, request id. Folded. */
  details?: ReactNode;
  heading?: "h1" | "h2" | "h3";
}

/** Something went wrong: what happened, what is kept, what to do next. Never a bare "failed". */
export function ErrorState({
  title,
  kept,
  next,
  actions,
  details,
  heading: Heading = "h2",
}: ErrorStateProps) {
  return (
    <div role="alert" className="rounded-lg border border-line bg-raised p-5">
      <div className="flex gap-3">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-worse" />
        <div className="min-w-0 flex-1">
          <Heading className="text-lg font-semibold">{title}</Heading>
          <div className="measure mt-1.5 space-y-1 text-base text-ink-muted">
            <p>{kept}</p>
            <p>{next}</p>
          </div>
          {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
          {details && (
            <Disclosure summary="Details" className="mt-3">
              <div className="font-mono text-xs break-words whitespace-pre-wrap">{details}</div>
            </Disclosure>
          )}
        </div>
      </div>
    </div>
  );
}
