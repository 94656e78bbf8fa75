"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { TextBlock } from "@/components/ui/text-block";
import type { PreviewPromptInput } from "@/lib/contracts/judge-checks";
import { wordsOf } from "@/lib/queries/api-fetch";
import { promptPreviewOptions } from "@/lib/queries/judge-checks";
import { ProblemLine } from "./problem-line";

interface PromptPreviewProps {
  judgeId: string;
  input: PreviewPromptInput;
}

const ROLE_WORDS = { system: "First, to the judge", user: "Then, the case", assistant: "Its reply" } as const;

/** The exact text that the judge is asked with, for one answer and the words as they stand now. */
export function PromptPreview({ judgeId, input }: PromptPreviewProps) {
  const { data, error } = useQuery({
    ...promptPreviewOptions(judgeId, input),
    // While words are typed the last text stays, so that nothing jumps.
    placeholderData: (last) => last,
  });
  if (error) return <ProblemLine problem={wordsOf(error)} />;
  if (!data) return <Skeleton className="h-64" />;
  return (
    <div className="space-y-4">
      {data.note && <p className="measure text-ink-muted">{data.note}</p>}
      {data.messages.map(({ role, content }) => (
        <div key={role}>
          <h3 className="mb-1 font-medium">{ROLE_WORDS[role]}</h3>
          <div className="rounded-lg border border-line bg-sunken p-3">
            <TextBlock text={content} isMono maxLines={24} />
          </div>
        </div>
      ))}
    </div>
  );
}
