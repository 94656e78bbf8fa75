"use client";

import { useQuery } from "@tanstack/react-query";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { Mark } from "@/components/ui/mark";
import { Term } from "@/components/ui/term";
import type { Readiness } from "@/lib/contracts/records";
import { readinessOptions } from "@/lib/queries/records";
import { type RecordFilters, writeRecordFilters } from "@/lib/view-models/record-filters";
import { countWord } from "@/lib/view-models/record-readiness";
import { intercept } from "./intercept";
import { ReadinessDetails } from "./readiness-details";

interface ReadinessLineProps {
  projectId: string;
  initial: Readiness | null;
  canWrite: boolean;
  hrefOf: (recordId: string) => string;
  onOpen: (recordId: string) => void;
  /** Shows the records that a filter fits. */
  onFilter: (filters: RecordFilters) => void;
}

/** Whether the records suffice, in one line that opens: what is missing, and what the sealed ones can show. */
export function ReadinessLine(props: ReadinessLineProps) {
  const { projectId, initial } = props;
  const { data: readiness } = useQuery({
    ...readinessOptions(projectId),
    ...(initial ? { initialData: initial } : {}),
  });
  if (!readiness) return <Skeleton className="mb-4 h-8 max-w-xl" />;
  if (readiness.total === 0) return null;
  const isComplete = readiness.ready && readiness.headline.startsWith("Ready");
  const line =
    readiness.short === null
      ? readiness.headline
      : `${readiness.headline.replace(/\.$/, "")} · ${readiness.short}`;
  return (
    <Disclosure
      className="mb-4"
      summary={
        <span className="text-ink">
          <Mark kind={isComplete ? "done" : "partly"} isDecoration /> {line}
        </span>
      }
      aside={<span className="text-xs">Details</span>}
    >
      <p className="measure">{readiness.detail}</p>
      <p className="measure mt-1 text-ink-muted">
        <Term code="practice">Practice records</Term> teach and compare;{" "}
        <Term code="sealed">sealed records</Term> decide whether a change is real. A record gets its set with
        its first answer and keeps it.
      </p>
      <Actions readiness={readiness} {...props} />
      <ReadinessDetails readiness={readiness} {...props} />
    </Disclosure>
  );
}

type PartProps = ReadinessLineProps & { readiness: Readiness };

function Actions({ readiness, projectId, canWrite, onFilter }: PartProps) {
  const { missingExpectations: missing } = readiness;
  return (
    <p className="mt-2 flex flex-wrap gap-2">
      {missing.length > 0 && canWrite && (
        <LinkButton
          size="sm"
          href={`/p/${projectId}/records${writeRecordFilters(UNFINISHED)}`}
          onClick={(event) => intercept(event, () => onFilter(UNFINISHED))}
        >
          {missing.length === 1 ? "Write this one" : `Write these ${countWord(missing.length)}`}
        </LinkButton>
      )}
      {readiness.ready && (
        <LinkButton size="sm" href={`/p/${projectId}/answers`}>
          Get answers
        </LinkButton>
      )}
    </p>
  );
}

const UNFINISHED: RecordFilters = { needsWork: true };
