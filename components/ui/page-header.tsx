import type { ReactNode } from "react";
import { SimulatedTag } from "./simulated-tag";
import { type Status, StatusSentence } from "./status-sentence";

interface PageHeaderProps {
  /** Names the thing; the page's h1. */
  title: ReactNode;
  /** Its state, in one sentence. */
  sentence?: ReactNode;
  status?: Status;
  /** Where it belongs: links, before the title. */
  above?: ReactNode;
  isSimulated?: boolean;
  /** The page's one primary action. */
  primary?: ReactNode;
  /** Others, before it. */
  secondary?: ReactNode;
  /** Takes the focus after a change of place, such as the next question. */
  titleId?: string;
}

/** Names the thing and its state, with one primary action. */
export function PageHeader({
  title,
  sentence,
  status,
  above,
  isSimulated,
  primary,
  secondary,
  titleId,
}: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        {above && <div className="mb-1 text-ink-muted">{above}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1
            id={titleId}
            tabIndex={titleId ? -1 : undefined}
            dir="auto"
            className="min-w-0 text-xl font-semibold"
          >
            {title}
          </h1>
          {isSimulated && <SimulatedTag />}
        </div>
        {sentence && (
          <StatusSentence status={status} className="mt-1.5">
            {sentence}
          </StatusSentence>
        )}
      </div>
      {(primary || secondary) && (
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {secondary}
          {primary}
        </div>
      )}
    </header>
  );
}
