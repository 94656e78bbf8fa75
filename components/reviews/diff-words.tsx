import type { DiffWords as Words } from "@/lib/view-models/diff-text";

/** Words of a sentence with what was added and removed; said in words to screen readers. */
export function DiffWords({
  words,
  show = "both",
  isMoved = false,
}: {
  words: readonly Words[];
  show?: "both" | "before" | "after";
  /** Only its place changed: nothing is marked in it. */
  isMoved?: boolean;
}) {
  const shown = words.filter(
    ({ kind }) =>
      kind === "same" || show === "both" || (show === "after" ? kind === "added" : kind === "removed"),
  );
  if (isMoved) return <span dir="auto">{shown.map(({ text }) => text).join("")}</span>;
  return (
    <span dir="auto">
      {shown.map(({ kind, text }, index) => {
        const key = `${index}:${kind}`;
        if (kind === "added") {
          return (
            <ins
              key={key}
              className="rounded-sm bg-better-soft text-better decoration-better/60 underline-offset-2"
            >
              <span className="sr-only">added: </span>
              {text}
              <span className="sr-only"> end of added. </span>
            </ins>
          );
        }
        if (kind === "removed") {
          return (
            <del key={key} className="rounded-sm bg-worse-soft text-worse decoration-worse/60">
              <span className="sr-only">removed: </span>
              {text}
              <span className="sr-only"> end of removed. </span>
            </del>
          );
        }
        return <span key={key}>{text}</span>;
      })}
    </span>
  );
}
