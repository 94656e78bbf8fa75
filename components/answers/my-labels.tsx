"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { GradeChoice, LabelPage, ListedLabel } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { fetchMyLabels } from "@/lib/queries/labels";
import { MyLabel } from "./my-label";

interface MyLabelsProps {
  projectId: string;
  initial: LabelPage;
  mayLabel: boolean;
  /** The judge in use, whose grades can be given. */
  judgeId: string | null;
  grades: readonly GradeChoice[];
}

/** One's own labels, with where each word went; here each can be changed or taken back, for good. */
export function MyLabels({ projectId, initial, mayLabel, judgeId, grades }: MyLabelsProps) {
  const { toast } = useToast();
  const [page, setPage] = useState(initial);
  const [source, setSource] = useState(initial);
  const [isLoading, setLoading] = useState(false);
  // The page was loaded anew: what it brings stands.
  if (source !== initial) {
    setSource(initial);
    setPage(initial);
  }
  const { items, nextCursor } = page;
  const [q, setQ] = useState("");
  if (initial.items.length === 0) return null;
  const load = async (words: string, after: string | null): Promise<void> => {
    setLoading(true);
    try {
      const next = await fetchMyLabels(projectId, words, after);
      setPage({ ...next, items: after === null ? next.items : [...items, ...next.items] });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setLoading(false);
    }
  };
  const replace = (id: string, label: ListedLabel | null): void =>
    setPage((before) => ({
      ...before,
      items: before.items.flatMap((one) => (one.id === id ? (label ? [label] : []) : [one])),
    }));
  return (
    <Card title="Your labels" id="your-labels">
      <search aria-label="Your labels">
        <form
          className="mb-1 flex max-w-md gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void load(q, null);
          }}
        >
          <Input
            type="search"
            aria-label="Search your labels"
            placeholder="Words of the question or of your reason"
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
          <Button type="submit" pending={isLoading}>
            Search
          </Button>
        </form>
      </search>
      {items.length === 0 && <p className="py-2 text-ink-muted">No label of yours has all of these words.</p>}
      <ul className="divide-y divide-line">
        {items.map((label) => (
          <MyLabel
            key={label.traceId + label.judgeId}
            label={label}
            projectId={projectId}
            mayLabel={mayLabel}
            grades={label.judgeId === judgeId ? grades : []}
            onChange={(changed) => replace(label.id, changed)}
          />
        ))}
      </ul>
      {nextCursor && (
        <Button className="mt-3" pending={isLoading} onClick={() => void load(q, nextCursor)}>
          Show more
        </Button>
      )}
    </Card>
  );
}
