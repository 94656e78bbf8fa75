"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { LocalTime } from "@/components/ui/local-time";
import { wordsOf } from "@/lib/queries/api-fetch";
import { deletionOptions } from "@/lib/queries/projects";
import { goesSentence, readersOf, stopsSentence } from "@/lib/view-models/deletion-words";

/** What goes with the project, what stops, which agents live by it, and what stays. */
export function WhatIsDeleted({ projectId }: { projectId: string }) {
  const { data, error, refetch } = useQuery(deletionOptions(projectId));
  if (error) {
    return (
      <div className="space-y-2">
        <p>What is in it could not be counted. {wordsOf(error)}</p>
        <Button size="sm" onClick={() => void refetch()}>
          Count again
        </Button>
      </div>
    );
  }
  if (!data) return <LoadingSkeleton shape="text" label="Counting what is in it" />;
  const stops = stopsSentence(data);
  const { shown, more } = readersOf(data);
  return (
    <div className="measure space-y-3">
      <p>{goesSentence(data)}</p>
      {stops && <p>{stops}</p>}
      {shown.length === 0 ? (
        <p>No agent has fetched its prompts so far.</p>
      ) : (
        <div>
          <p>Agents that fetch its prompts get none any more. They came last:</p>
          <ul className="mt-1 list-disc ps-5">
            {shown.map(({ reader, prompt, lastAt }) => (
              <li key={reader + prompt} className="wrap-anywhere">
                {reader}, for {prompt}: <LocalTime at={lastAt} form="full" />
              </li>
            ))}
            {more > 0 && <li>{more} more</li>}
          </ul>
        </div>
      )}
      <p className="text-ink-muted">
        What stays: that a project was deleted, by whom and when; the accounts of its people; and backups and
        exports that were made before.
      </p>
    </div>
  );
}
