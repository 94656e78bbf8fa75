import { Mark } from "@/components/ui/mark";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";

interface CandidateSourcesProps {
  detail: CandidateDetail;
  /** Record id → what was asked. */
  questions: Readonly<Record<string, string>>;
}

/** For each changed sentence: the answers and the guidelines, with the experts' words, that it is to answer. */
export function CandidateSources({ detail, questions }: CandidateSourcesProps) {
  const guidelines = new Map(detail.guidelines.map((guideline) => [guideline.id, guideline]));
  if (detail.changes.length === 0)
    return <p className="text-ink-muted">The model did not say what its changes answer.</p>;
  return (
    <ul className="space-y-5">
      {detail.changes.map(({ sentence, exampleIds, guidelineIds, verified }) => (
        <li key={sentence}>
          <p dir="auto" className="reading font-medium">
            {sentence}
          </p>
          <ul className="mt-1 list-disc space-y-1 ps-5 text-ink-muted">
            {guidelineIds
              .flatMap((id) => guidelines.get(id) ?? [])
              .map(({ id, text, words }) => (
                <li key={id}>
                  guideline: <span dir="auto">{text}</span>
                  {words.slice(0, 2).map(({ author, reason }) => (
                    <span key={`${author}-${reason}`} className="block">
                      {author}: <span dir="auto">“{reason}”</span>
                    </span>
                  ))}
                </li>
              ))}
            {exampleIds.map((id) => (
              <li key={id}>
                answer to: <span dir="auto">{questions[id] ?? id}</span>
              </li>
            ))}
          </ul>
          {!verified && (
            <p className="mt-1 text-ink-muted">
              <Mark kind="warning" isDecoration /> The sources do not share words with the sentence: not
              verified.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
