import "server-only";
import type { Bundle } from "./bundle-format";
import { compare, type Figure } from "./compare-figures";

/**
 * Whether the promotion in the file could have passed the gate: approvals of these very words, no author among them
 * unless it is marked, every confirmed loss taken by name, an override marked where the evidence did not say *better*.
 */
export function checkDecision(bundle: Bundle): Figure[] {
  const { promotion, review, looks } = bundle;
  if (promotion === null) return [];
  const { event, version } = promotion;
  const look = looks.findLast(
    ({ contentHash, result }) => contentHash === review.contentHash && result !== null,
  );
  const result = look?.result ?? null;
  const taken = new Set(look?.acceptances.map(({ recordId }) => recordId));
  const open = [
    ...(result?.losses.filter(({ confirmed }) => confirmed) ?? []),
    ...(result?.critical.cases ?? []),
  ].filter(({ recordId }) => !taken.has(recordId));
  const own = bundle.approvals.filter(({ contentHash }) => contentHash === review.contentHash);
  const authors = new Set(review.authors.map(({ id }) => id));
  const isInitial = event.kind === "initial";
  return [
    compare("promoted words are those under review", version.contentHash, review.contentHash),
    compare("approvals of these words, at least one", "yes", own.length > 0 ? "yes" : "no"),
    compare(
      "approved by an author alone, or marked",
      event.selfApproved,
      own.length > 0 && own.every(({ byId }) => authors.has(byId)),
    ),
    compare("losses and failures that nobody took", 0, isInitial ? 0 : open.length),
    compare(
      "better, or marked as an override",
      "yes",
      isInitial || result?.verdict === "better" || event.overridden ? "yes" : "no",
    ),
    ...(result
      ? [
          compare("evidence in the history", event.evidenceSentence, evidenceSentence(bundle, result)),
          compare("tag final_score", version.tags.final_score ?? null, score(result.meanAfter)),
          compare("tag initial_score", version.tags.initial_score ?? null, score(result.meanBefore)),
        ]
      : []),
  ];
}

function evidenceSentence(
  { simulated }: Bundle,
  { headline, sentence }: { headline: string; sentence: string },
) {
  return `${headline} ${sentence}${simulated ? " Simulated." : ""}`;
}

function score(mean: number | null): string | null {
  return mean === null ? null : String(Number(mean.toFixed(4)));
}
