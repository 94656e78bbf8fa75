import { Disclosure } from "@/components/ui/disclosure";
import { LocalTime } from "@/components/ui/local-time";
import { TextLink } from "@/components/ui/text-link";
import type { HunkSource } from "@/lib/view-models/diff-sources";
import { shorten } from "@/lib/view-models/review-words";

/** Why a sentence is there: the guideline, the experts' words behind it, and the practice records. */
export function Because({ source, projectId }: { source: HunkSource; projectId: string }) {
  const { guidelines, records, verified } = source;
  const words = guidelines.flatMap((guideline) => guideline.words);
  const [first] = words;
  if (guidelines.length === 0 && records.length === 0) return null;
  return (
    <div className="mt-1 text-sm text-ink-muted">
      <Disclosure
        summary={
          <span>
            because:{" "}
            {guidelines.length > 0
              ? `guideline “${shorten(guidelines[0]?.text ?? "", 70)}”`
              : recordCount(records.length)}
            {first && (
              <>
                {" "}
                ‹ {first.author}, <LocalTime at={first.at} />: “{shorten(first.reason, 60)}”
              </>
            )}
            {!verified && <span className="text-warning"> · not verified</span>}
          </span>
        }
      >
        <ul className="list-disc space-y-1 ps-4">
          {guidelines.map(({ id, text, others }) => (
            <li key={id}>
              Guideline: <span dir="auto">{text}</span>
              {others > 0 &&
                `, which also answers ${others === 1 ? "another comment" : `${others} other comments`}`}
            </li>
          ))}
          {words.map(({ author, reason, at }) => (
            <li key={`${author}${at}${reason}`}>
              {author}, <LocalTime at={at} />: “<span dir="auto">{reason}</span>”
            </li>
          ))}
          {records.map(({ id, question }) => (
            <li key={id}>
              Record: <TextLink href={`/p/${projectId}/records/${id}`}>{shorten(question)}</TextLink>
            </li>
          ))}
          {!verified && (
            <li>
              The model named these as its reasons; they share too few words with the sentence to be sure.
            </li>
          )}
        </ul>
      </Disclosure>
    </div>
  );
}

const recordCount = (count: number): string =>
  count === 1 ? "1 answer went wrong" : `${count} answers went wrong`;
