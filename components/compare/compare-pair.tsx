import { Disclosure } from "@/components/ui/disclosure";
import { TextBlock } from "@/components/ui/text-block";
import type { BlindPair } from "@/lib/contracts/blind";

interface ComparePairProps {
  pair: BlindPair;
  /** Counts from 1. */
  place: number;
  headingId: string;
}

/** A question and two answers to it, named by their place alone. */
export function ComparePair({ pair, place, headingId }: ComparePairProps) {
  const { question, first, second } = pair;
  return (
    <article className="space-y-5">
      <header className="measure">
        <h1 id={headingId} tabIndex={-1} className="text-sm text-ink-muted">
          Question {place}
        </h1>
        <p className="reading mt-1 text-lg" dir="auto">
          {question}
        </p>
        <Expected pair={pair} />
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
        {[
          { name: "First answer", text: first },
          { name: "Second answer", text: second },
        ].map(({ name, text }) => (
          <section
            key={name}
            aria-label={name}
            className="min-w-0 rounded-lg border border-line bg-raised p-4"
          >
            <h2 className="font-semibold">{name}</h2>
            <TextBlock text={text} maxLines={null} className="reading mt-2" />
          </section>
        ))}
      </div>
    </article>
  );
}

function Expected({ pair: { expected, mustMention, mustNever } }: { pair: BlindPair }) {
  if (expected === "" && mustMention.length === 0 && mustNever.length === 0) return null;
  return (
    <Disclosure summary="What a good answer does">
      {expected && <p dir="auto">{expected}</p>}
      {mustMention.length > 0 && <p dir="auto">Must mention: {mustMention.join("; ")}</p>}
      {mustNever.length > 0 && <p dir="auto">Must never: {mustNever.join("; ")}</p>}
    </Disclosure>
  );
}
