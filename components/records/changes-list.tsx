import type { PartChange } from "@/lib/view-models/record-changes";

/** What differs between two states of a record, part by part, word by word. */
export function ChangesList({ changes, emptyText }: { changes: readonly PartChange[]; emptyText: string }) {
  if (changes.length === 0) return <p className="text-ink-muted">{emptyText}</p>;
  return (
    <dl className="space-y-3">
      {changes.map((change) => (
        <div key={change.part}>
          <dt className="text-xs font-medium text-ink-muted">{change.name}</dt>
          <dd>
            <ChangedText change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One part with its changes: signs and words beside the colours. */
export function ChangedText({ change }: { change: PartChange }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
      {change.pieces.map((piece, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, always drawn anew together
        if (piece.kind === "same") return <span key={index}>{piece.text}</span>;
        const isAdded = piece.kind === "added";
        const Tag = isAdded ? "ins" : "del";
        return (
          <Tag
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, always drawn anew together
            key={index}
            className={
              isAdded ? "bg-better-soft text-better underline" : "bg-worse-soft text-worse line-through"
            }
          >
            <span className="sr-only">{isAdded ? " added: " : " removed: "}</span>
            {piece.text}
            <span className="sr-only">{isAdded ? " end of added " : " end of removed "}</span>
          </Tag>
        );
      })}
    </p>
  );
}
