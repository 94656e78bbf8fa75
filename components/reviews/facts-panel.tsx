import { Card } from "@/components/ui/card";
import { Mark } from "@/components/ui/mark";
import { Term } from "@/components/ui/term";
import type { ReviewView } from "@/lib/contracts/reviews";
import { agreementSentence, perAnswerSentence, tagWords } from "@/lib/view-models/review-words";

/** What else the decision rests on: judge, cost of an answer, tags, checks. */
export function FactsPanel({ review }: { review: ReviewView }) {
  const { evidence, practice, checks } = review;
  return (
    <Card title="What it rests on">
      <dl className="space-y-2.5">
        <Fact name={<Term code="judge">Judge</Term>}>{agreementSentence(review.judge)}</Fact>
        <Fact name="An answer">{perAnswerSentence(review)}</Fact>
        {practice?.seed != null && practice.candidate !== null && (
          <Fact name="In practice">
            {practice.seed.toFixed(1)} → {practice.candidate.toFixed(1)} on the records that the run saw:{" "}
            {practice.better} better, {practice.worse} worse, {practice.same} the same. It was chosen for
            these, so they flatter it.
          </Fact>
        )}
        {evidence && evidence.byTag.length > 0 && (
          <Fact name="By tag">
            <ByTag tags={evidence.byTag} />
          </Fact>
        )}
        <Fact name="Checks">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {checks.map(({ code, status, sentence }) => (
              <li key={code}>
                <Mark
                  kind={status === "ok" ? "done" : status === "warns" ? "warning" : "failed"}
                  word={status === "ok" ? "fine" : status === "warns" ? "warning" : "stops it"}
                />{" "}
                <span className={status === "ok" ? "text-ink-muted" : undefined}>{sentence}</span>
              </li>
            ))}
          </ul>
        </Fact>
      </dl>
    </Card>
  );
}

/** Tags with enough pairs one by one; the rest together. */
function ByTag({ tags }: { tags: NonNullable<ReviewView["evidence"]>["byTag"] }) {
  const known = tags.filter(({ tooFew }) => !tooFew);
  const few = tags.filter(({ tooFew }) => tooFew);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {known.map((tag) => {
        const { text, mark } = tagWords(tag);
        return (
          <li key={tag.tag} dir="auto" className="tabular-nums">
            {mark && <Mark kind={mark} />} {text}
            <span className="sr-only"> better to worse</span>
          </li>
        );
      })}
      {few.length > 0 && (
        <li className="text-ink-muted" dir="auto">
          {few.map(({ tag }) => tag).join(", ")}: too few to tell
        </li>
      )}
    </ul>
  );
}

function Fact({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="gap-x-4 sm:grid sm:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
