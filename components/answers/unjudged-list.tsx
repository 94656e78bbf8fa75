import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { Unjudged } from "@/lib/contracts/labels";
import { CANNOT_JUDGE_WORDS } from "@/lib/view-models/label-words";

/** Answers that somebody could not judge: most of them ask for a record to be mended. */
export function UnjudgedList({ projectId, items }: { projectId: string; items: readonly Unjudged[] }) {
  if (items.length === 0) return null;
  return (
    <Card title={`Could not be judged (${items.length})`}>
      <ul className="divide-y divide-line">
        {items.map(({ itemId, recordId, question, why, by, isMine }) => (
          <li key={itemId + by} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
            <TextLink href={`/p/${projectId}/records/${recordId}`} dir="auto">
              {question}
            </TextLink>
            <span className="text-ink-muted">
              {CANNOT_JUDGE_WORDS[why]} · {isMine ? "you" : by}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
