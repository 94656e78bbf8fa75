"use client";

import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import { type DifferenceRow, gradesWords } from "@/lib/view-models/judge-cases";

interface DifferencesProps {
  rows: readonly DifferenceRow[];
  projectId: string;
  /** What can be done about one of them. */
  waysOut?: (row: DifferenceRow) => ReactNode;
}

const KIND_WORDS = { "too-kind": "too kind", "too-harsh": "too harsh", failed: "no grade" } as const;

/** Answers on which expert and judge differ, each with both their words. */
export function Differences({ rows, projectId, waysOut }: DifferencesProps) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
      {rows.map((row) => (
        <li key={row.labelId} className="space-y-2 p-4">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <TextLink
              href={`/p/${projectId}/records/${row.recordId}`}
              dir="auto"
              className="min-w-0 flex-1 basis-64"
            >
              {row.question}
            </TextLink>
            <span className="text-ink-muted tabular-nums">{gradesWords(row)}</span>
            <span className="text-ink-muted">
              <Mark kind={row.kind === "failed" ? "failed" : "warning"} isDecoration /> {KIND_WORDS[row.kind]}
            </span>
          </div>
          <Disclosure summary="The answer, and what both say">
            <div className="space-y-3">
              <Words title="Answer" text={row.answer} />
              <Words
                title={row.isMine ? "You" : row.who}
                text={row.reason}
                emptyText="No reason was given."
              />
              <Words title="Judge" text={row.rationale ?? ""} emptyText="It gave no grade." />
            </div>
          </Disclosure>
          {waysOut?.(row)}
        </li>
      ))}
    </ul>
  );
}

function Words({ title, text, emptyText }: { title: string; text: string; emptyText?: string }) {
  return (
    <div>
      <p className="text-ink-muted">{title}</p>
      <TextBlock text={text} maxLines={8} emptyText={emptyText ?? "No text."} />
    </div>
  );
}
