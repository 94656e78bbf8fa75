import { diffWordsWithSpace } from "diff";
import { useMemo } from "react";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

interface TextDiffProps {
  before: string;
  after: string;
}

/** Two texts as one, word by word: what was added is `ins`, what went is `del`, each with its word for screen readers. */
export function TextDiff({ before, after }: TextDiffProps) {
  const parts = useMemo(() => withPlaces(before, after), [before, after]);
  if (before === after) return <p className="text-ink-muted">The texts are the same.</p>;
  return (
    <div
      dir="auto"
      className="reading rounded-md border border-line bg-raised p-4 break-words whitespace-pre-wrap"
    >
      {parts.map(({ place, value, added, removed }) => {
        if (added) {
          return (
            <ins
              key={place}
              className="rounded-sm bg-better-soft text-ink decoration-better decoration-2 underline-offset-2"
            >
              <VisuallyHidden>[added: </VisuallyHidden>
              {value}
              <VisuallyHidden>]</VisuallyHidden>
            </ins>
          );
        }
        if (removed) {
          return (
            <del key={place} className="rounded-sm bg-worse-soft text-ink-muted decoration-worse">
              <VisuallyHidden>[removed: </VisuallyHidden>
              {value}
              <VisuallyHidden>]</VisuallyHidden>
            </del>
          );
        }
        return <span key={place}>{value}</span>;
      })}
    </div>
  );
}

/** Parts with where they stand, which names them. */
function withPlaces(before: string, after: string) {
  let place = 0;
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => {
    place += value.length + 1;
    return { place, value, added, removed };
  });
}
