"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Readiness } from "@/lib/contracts/records";
import { knownRecord } from "@/lib/queries/record-cache";
import { titleOf, toDraft } from "@/lib/view-models/record-draft";
import { type RecordFilters, writeRecordFilters } from "@/lib/view-models/record-filters";
import { intercept } from "./intercept";

interface ReadinessDetailsProps {
  readiness: Readiness;
  projectId: string;
  hrefOf: (recordId: string) => string;
  onOpen: (recordId: string) => void;
  onFilter: (filters: RecordFilters) => void;
}

const SHOWN = 12;
const LINK = "rounded-sm text-accent underline underline-offset-4";

/** What is missing, said twice, said against itself or thin; each leads to its records. */
export function ReadinessDetails(props: ReadinessDetailsProps) {
  const { missingFields, nearDuplicates, contradictions, thinTags } = props.readiness;
  const recordLink = useRecordLink(props);
  return (
    <>
      <Part title="Fields that the prompt uses and a record lacks" count={missingFields.length} noun="more">
        {missingFields.slice(0, SHOWN).map(({ recordId, field }, index) => (
          <li key={recordId + field}>
            {recordLink(recordId, `Record ${index + 1}`)} lacks &quot;{field}&quot;
          </li>
        ))}
      </Part>
      <Part title="Cannot both be right" count={contradictions.length} noun="more">
        {contradictions.slice(0, SHOWN).map(({ recordIds, why }) => (
          <li key={recordIds.join() + why}>
            {recordIds.map((recordId, at) => (
              <span key={recordId}>
                {at > 0 && " and "}
                {recordLink(recordId, `record ${at + 1}`)}
              </span>
            ))}
            : {why}
          </li>
        ))}
      </Part>
      <Part
        title="Almost the same question"
        hint="They always stay in one set, so that a sealed one is not given away."
        count={nearDuplicates.length}
        noun="more groups"
      >
        {nearDuplicates.slice(0, SHOWN).map((group, index) => (
          <li key={group.join()}>
            Group {index + 1}:{" "}
            {group.slice(0, 4).map((recordId, at) => (
              <span key={recordId}>
                {at > 0 && ", "}
                {recordLink(recordId, `record ${at + 1}`)}
              </span>
            ))}
            {group.length > 4 && ` and ${group.length - 4} more`}
          </li>
        ))}
      </Part>
      <Part
        title="Few records of a tag"
        hint="A review says “too few to tell” of them. Four or more say something."
        count={thinTags.length}
        noun="more tags"
      >
        {thinTags.slice(0, SHOWN).map(({ tag, records, sealed }) => (
          <li key={tag}>
            <TagLink tag={tag} {...props} />: {records} {records === 1 ? "record" : "records"},{" "}
            {sealed === 0 ? "none sealed" : `${sealed} sealed`}
          </li>
        ))}
      </Part>
    </>
  );
}

interface PartProps {
  title: string;
  hint?: string;
  count: number;
  noun: string;
  children: ReactNode;
}

function Part({ title, hint, count, noun, children }: PartProps) {
  if (count === 0) return null;
  return (
    <div className="mt-3">
      <p className="font-medium">{title}</p>
      {hint && <p className="measure text-ink-muted">{hint}</p>}
      <ul className="mt-1 list-disc ps-5">
        {children}
        {count > SHOWN && (
          <li>
            and {count - SHOWN} {noun}
          </li>
        )}
      </ul>
    </div>
  );
}

function TagLink({ tag, projectId, onFilter }: ReadinessDetailsProps & { tag: string }) {
  return (
    <a
      href={`/p/${projectId}/records${writeRecordFilters({ tag })}`}
      onClick={(event) => intercept(event, () => onFilter({ tag }))}
      dir="auto"
      className={LINK}
    >
      {tag}
    </a>
  );
}

/** A link to a record by its question where the page knows it. */
function useRecordLink({ projectId, hrefOf, onOpen }: ReadinessDetailsProps) {
  const client = useQueryClient();
  return (recordId: string, otherwise: string) => {
    const record = knownRecord(client, projectId, recordId);
    return (
      <a
        href={hrefOf(recordId)}
        onClick={(event) => intercept(event, () => onOpen(recordId))}
        dir="auto"
        className={LINK}
      >
        {(record && titleOf(toDraft(record))) || otherwise}
      </a>
    );
  };
}
