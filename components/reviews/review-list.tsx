import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { TextLink } from "@/components/ui/text-link";
import type { ReviewView } from "@/lib/contracts/reviews";

type ReviewLine = Pick<
  ReviewView,
  "id" | "number" | "state" | "promptName" | "decisionSentence" | "simulated" | "createdAt" | "author"
>;

interface ReviewListProps {
  projectId: string;
  reviews: readonly ReviewLine[];
  mayRun: boolean;
}

const STATES = {
  open: { word: "open", tone: "accent" },
  approved: { word: "approved", tone: "better" },
  promoted: { word: "promoted", tone: "neutral" },
  declined: { word: "declined", tone: "neutral" },
} as const;

/** Changes that wait for a word, then those that were decided. */
export function ReviewList({ projectId, reviews, mayRun }: ReviewListProps) {
  const waiting = reviews.filter(({ state }) => state === "open" || state === "approved");
  const decided = reviews.filter(({ state }) => state === "promoted" || state === "declined");
  if (reviews.length === 0) {
    return (
      <>
        <PageHeader title="Reviews" />
        <EmptyState
          title="No reviews yet."
          primary={
            mayRun ? (
              <LinkButton variant="primary" href={`/p/${projectId}/runs`}>
                Open the runs
              </LinkButton>
            ) : (
              <LinkButton href={`/p/${projectId}`}>Back to the overview</LinkButton>
            )
          }
        >
          <p>
            A review is one page with a change, its evidence and the people who must agree. It is opened from
            a run's candidate, or from a text that was edited by hand under Prompts.
          </p>
          {!mayRun && <p>An engineer of this project starts runs.</p>}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Reviews"
        sentence={
          waiting.length === 0
            ? "Nothing waits for a decision."
            : `${waiting.length === 1 ? "1 change waits" : `${waiting.length} changes wait`} for a decision.`
        }
        secondary={<TextLink href={`/p/${projectId}/reviews/quarter`}>This quarter, to print</TextLink>}
      />
      <Lines title="Waiting" lines={waiting} projectId={projectId} />
      <Lines title="Decided" lines={decided} projectId={projectId} />
    </>
  );
}

function Lines({
  title,
  lines,
  projectId,
}: {
  title: string;
  lines: readonly ReviewLine[];
  projectId: string;
}) {
  if (lines.length === 0) return null;
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {lines.map(({ id, number, state, promptName, decisionSentence, simulated, createdAt, author }) => (
          <li key={id} className="space-y-0.5 px-4 py-3">
            <p className="flex flex-wrap items-center gap-2">
              <TextLink href={`/p/${projectId}/reviews/${id}`} className="font-medium">
                Review {number}
              </TextLink>
              <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
              {simulated && <SimulatedTag />}
            </p>
            <p>{decisionSentence}</p>
            <p className="text-sm text-ink-muted">
              {promptName} · by {author} · <LocalTime at={createdAt} form="full" />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
