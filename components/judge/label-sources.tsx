"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import type { LabelSource } from "@/lib/contracts/judge-page";
import { useSetAside } from "./set-aside";

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" });

/** Labels with their authors' words, each with a way to its record. */
export function LabelSources({ sources, projectId }: { sources: readonly LabelSource[]; projectId: string }) {
  const setAside = useSetAside();
  return (
    <ul className="space-y-3">
      {sources.map((source) => (
        <li key={source.labelId} className="border-s-2 border-line ps-3">
          <p className="flex flex-wrap items-center gap-x-2 text-ink-muted">
            <span>
              {source.isMine ? "You" : source.author.name}, {day.format(source.createdAt)}, grade{" "}
              {source.shown}
            </span>
            {!source.counts && <Badge>changed since</Badge>}
            {source.counts && !source.teaches && <Badge>does not teach now</Badge>}
            {setAside && source.teaches && (
              <Button
                size="sm"
                variant="quiet"
                aria-label={`Set aside the label on ${source.question}`}
                onClick={() => setAside(source)}
                data-print="hide"
              >
                Set aside
              </Button>
            )}
          </p>
          {source.reason.trim() === "" ? (
            <p className="text-ink-faint">No reason was given.</p>
          ) : (
            <TextBlock text={`“${source.reason}”`} maxLines={6} />
          )}
          <p className="truncate">
            <span className="text-ink-muted">on </span>
            <TextLink href={`/p/${projectId}/records/${source.recordId}`} dir="auto">
              {source.question}
            </TextLink>
          </p>
        </li>
      ))}
    </ul>
  );
}
