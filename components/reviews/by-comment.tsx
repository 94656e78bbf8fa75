import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import type { CommentTrace } from "@/lib/view-models/review-by-comment";

/** Where each comment went: the guideline it became, and the sentences that follow it. */
export function ByComment({ traces }: { traces: readonly CommentTrace[] }) {
  if (traces.length === 0)
    return <p className="text-ink-muted">No sentence of this change rests on an expert’s comment.</p>;
  return (
    <ol className="divide-y divide-line">
      {traces.map(({ id, author, words, at, guidelines, sentences }) => (
        <li key={id} className="py-3 first:pt-0">
          <p>
            <span className="font-medium">{author}</span>, <LocalTime at={at} />: “
            <span dir="auto">{words}</span>”
          </p>
          <p className="text-sm text-ink-muted">
            became {guidelines.map((text) => `“${text}”`).join(" and ")}, and{" "}
            {sentences.length === 1 ? "1 sentence" : `${sentences.length} sentences`}:
          </p>
          <ul className="mt-1 space-y-1">
            {sentences.map((sentence) => (
              <li key={sentence} className="reading flex gap-2">
                <Mark kind="added" />
                <span dir="auto">{sentence}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
