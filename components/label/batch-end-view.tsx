"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { BatchEnd, LabelSheet } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { fetchBatchEnd } from "@/lib/queries/labels";
import { differSentence, endTitle } from "@/lib/view-models/label-words";
import { DifferList } from "./differ-list";

interface BatchEndViewProps {
  sheet: LabelSheet;
  projectId: string;
}

/** The end of a batch: a real one, with permission to stop (ux.md, moment 5). */
export function BatchEndView({ sheet, projectId }: BatchEndViewProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ["batch-end", sheet.queue.id],
    queryFn: () => fetchBatchEnd(sheet.queue.id),
    staleTime: 0,
    gcTime: 0,
  });
  if (error) {
    return (
      <ErrorState
        heading="h1"
        title="The end of this batch could not be loaded"
        kept="Every label that you saved is kept."
        next={wordsOf(error)}
        actions={<Button onClick={() => void refetch()}>Try again</Button>}
      />
    );
  }
  if (!data) return <LoadingSkeleton shape="text" label="Looking where you and the judge differ" />;
  return <Ended end={data} sheet={sheet} projectId={projectId} />;
}

function Ended({ end, sheet, projectId }: BatchEndViewProps & { end: BatchEnd }) {
  const [isLooking, setLooking] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const router = useRouter();
  useEffect(() => {
    title.current?.focus();
    // The rail and the overview count what is left: what was fetched before the batch is out of date.
    router.refresh();
  }, [router]);
  const { differ } = end;
  return (
    <div className="measure space-y-5">
      <div className="space-y-2">
        <h1 ref={title} tabIndex={-1} className="w-fit rounded-sm text-xl font-semibold">
          {endTitle(end)}
        </h1>
        {end.labelled > 0 && <p className="text-base">{differSentence(differ.length)}</p>}
      </div>
      {!isLooking && (
        <div className="flex flex-wrap gap-2">
          {differ.length > 0 && (
            <Button variant="primary" size="lg" onClick={() => setLooking(true)}>
              Look at the {differ.length}
            </Button>
          )}
          <LinkButton
            href={`/p/${projectId}`}
            size="lg"
            variant={differ.length > 0 ? "secondary" : "primary"}
          >
            Stop here
          </LinkButton>
        </div>
      )}
      {isLooking && <DifferList differ={differ} sheet={sheet} doneHref={`/p/${projectId}`} />}
      <p className="text-ink-muted">
        {end.next} {end.canTeach && <TextLink href={`/p/${projectId}/judge`}>Teach the judge</TextLink>}
      </p>
    </div>
  );
}
