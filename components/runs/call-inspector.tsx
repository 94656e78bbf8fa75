"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { TextBlock } from "@/components/ui/text-block";
import type { RunCall } from "@/lib/contracts/run-candidates";
import { wordsOf } from "@/lib/queries/api-fetch";
import { callOptions, candidateCallsOptions } from "@/lib/queries/runs";
import { callWords, costWords } from "@/lib/view-models/run-calls";

interface CallInspectorProps {
  runId: string;
  candidateId: string;
  /** Of the candidate's scored answers: with more of them there are more calls. */
  scoredCount: number;
  questions: Readonly<Record<string, string>>;
}

/** Every call that was made for a candidate, with the exact request and reply. */
export function CallInspector({ runId, candidateId, scoredCount, questions }: CallInspectorProps) {
  const { data: calls, error } = useQuery(candidateCallsOptions(runId, candidateId, scoredCount));
  if (error)
    return (
      <Callout tone="warning" title="The calls could not be loaded.">
        {wordsOf(error)}
      </Callout>
    );
  if (!calls) return <LoadingSkeleton shape="text" rows={6} label="Loading the calls" />;
  if (calls.length === 0)
    return (
      <p className="text-ink-muted">
        No call was made for it in this run: its answers were known from an earlier one, or it was refused
        before any.
      </p>
    );
  return (
    <>
      <p className="mb-2 text-ink-muted tabular-nums">{costWords(calls)}</p>
      <ul className="divide-y divide-line">
        {calls.map((call) => (
          <CallLine key={call.id} runId={runId} call={call} question={questions[call.recordId ?? ""] ?? ""} />
        ))}
      </ul>
    </>
  );
}

function CallLine({ runId, call, question }: { runId: string; call: RunCall; question: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="py-1.5">
        <summary className="calm min-h-8 rounded-md px-1.5 py-1 hover:bg-hover">
          <span className="font-medium">{callWords(call)}</span>{" "}
          <span className="text-ink-muted tabular-nums">{costWords([call])}</span>{" "}
          {call.simulated && <span className="text-ink-muted">simulated</span>}
          {question !== "" && (
            <span dir="auto" className="block truncate text-ink-muted">
              {question}
            </span>
          )}
        </summary>
        {isOpen && <CallTexts runId={runId} callId={call.id} />}
      </details>
    </li>
  );
}

function CallTexts({ runId, callId }: { runId: string; callId: string }) {
  const { data, error } = useQuery(callOptions(runId, callId));
  if (error)
    return (
      <Callout tone="warning" title="The call could not be loaded.">
        {wordsOf(error)}
      </Callout>
    );
  if (!data) return <LoadingSkeleton shape="text" rows={4} label="Loading the call" />;
  return (
    <div className="space-y-3 ps-6 pt-2 pb-3">
      <h4 className="font-medium">Request</h4>
      <TextBlock text={data.request} isMono maxLines={24} />
      <h4 className="font-medium">Reply</h4>
      <TextBlock text={data.reply} isMono maxLines={24} />
    </div>
  );
}
