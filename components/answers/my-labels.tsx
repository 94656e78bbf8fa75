"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { ListedLabel } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { fetchMyLabels, type LabelPage } from "@/lib/queries/labels";
import { MyLabel } from "./my-label";

interface MyLabelsProps {
  projectId: string;
  initial: LabelPage;
  mayLabel: boolean;
}

/** One's own labels, with where each word went; here each can be changed or taken back, for good. */
export function MyLabels({ projectId, initial, mayLabel }: MyLabelsProps) {
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
  if (items.length === 0) return null;
  const more = async (): Promise<void> => {
    setLoading(true);
    try {
      const next = await fetchMyLabels(projectId, nextCursor);
      setPage({ items: [...items, ...next.items], nextCursor: next.nextCursor });
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
      <ul className="divide-y divide-line">
        {items.map((label) => (
          <MyLabel
            key={label.traceId + label.judgeId}
            label={label}
            projectId={projectId}
            mayLabel={mayLabel}
            onChange={(changed) => replace(label.id, changed)}
          />
        ))}
      </ul>
      {nextCursor && (
        <Button className="mt-3" pending={isLoading} onClick={() => void more()}>
          Show more
        </Button>
      )}
    </Card>
  );
}
