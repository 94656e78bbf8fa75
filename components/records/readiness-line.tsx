"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { MouseEvent, ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { Mark } from "@/components/ui/mark";
import { Term } from "@/components/ui/term";
import type { Readiness } from "@/lib/contracts/records";
import { knownRecord } from "@/lib/queries/record-cache";
import { readinessOptions } from "@/lib/queries/records";
import { titleOf, toDraft } from "@/lib/view-models/record-draft";
import { type RecordFilters, writeRecordFilters } from "@/lib/view-models/record-filters";
import { countWord } from "@/lib/view-models/record-readiness";

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
      <Missing readiness={readiness} {...props} />
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
const SHOWN = 12;

function Missing({ readiness, projectId, hrefOf, onOpen }: PartProps) {
  const client = useQueryClient();
  const nameOf = (recordId: string, otherwise: string) => {
    const record = knownRecord(client, projectId, recordId);
    return (record && titleOf(toDraft(record))) || otherwise;
  };
  const link = (recordId: string, words: ReactNode) => (
    <a
      href={hrefOf(recordId)}
      onClick={(event) => intercept(event, () => onOpen(recordId))}
      dir="auto"
      className="rounded-sm text-accent underline underline-offset-4"
    >
      {words}
    </a>
  );
  const { missingFields, nearDuplicates } = readiness;
  return (
    <>
      {missingFields.length > 0 && (
        <div className="mt-3">
          <p className="font-medium">Fields that the prompt uses and a record lacks</p>
          <ul className="mt-1 list-disc ps-5">
            {missingFields.slice(0, SHOWN).map(({ recordId, field }, index) => (
              <li key={recordId + field}>
                {link(recordId, nameOf(recordId, `Record ${index + 1}`))} lacks &quot;{field}&quot;
              </li>
            ))}
            {missingFields.length > SHOWN && <li>and {missingFields.length - SHOWN} more</li>}
          </ul>
        </div>
      )}
      {nearDuplicates.length > 0 && (
        <div className="mt-3">
          <p className="font-medium">Almost the same question</p>
          <p className="measure text-ink-muted">
            They always stay in one set, so that a sealed one is not given away.
          </p>
          <ul className="mt-1 list-disc ps-5">
            {nearDuplicates.slice(0, SHOWN).map((group, index) => (
              <li key={group.join()}>
                Group {index + 1}:{" "}
                {group.slice(0, 4).map((recordId, at) => (
                  <span key={recordId}>
                    {at > 0 && ", "}
                    {link(recordId, nameOf(recordId, `record ${at + 1}`))}
                  </span>
                ))}
                {group.length > 4 && ` and ${group.length - 4} more`}
              </li>
            ))}
            {nearDuplicates.length > SHOWN && <li>and {nearDuplicates.length - SHOWN} more groups</li>}
          </ul>
        </div>
      )}
    </>
  );
}

/** A plain press stays on this page; with Ctrl or ⌘ the link opens as links do. */
function intercept(event: MouseEvent, act: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  act();
}
