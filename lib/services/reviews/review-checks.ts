import "server-only";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { ServiceDeps } from "../service-deps";
import { automaticChecks, type Check } from "./checks";
import { changesBehind } from "./provenance";
import { createMemory } from "./remember";
import { textOf } from "./review-text";

type Repos = ServiceDeps["repos"];

const rememberChecks = createMemory<Check[]>();

/** The automatic checks of a review against what it replaces. Reads practice records only. */
export function checksOf(repos: Repos, review: Review, baseline: PromptVersion | null): Check[] {
  const judges = repos.judges.list(review.projectId).map(({ id }) => repos.judges.inUse(id)?.id);
  const key = JSON.stringify([review.id, baseline?.id, judges, recordsState(repos, review.projectId)]);
  return rememberChecks(repos, key, () => measureChecks(repos, review, baseline));
}

/** Changes whenever a record does. */
function recordsState(repos: Repos, projectId: string): unknown {
  const [newest] = repos.records.list(projectId, { sort: "updated", limit: 1, archived: false }).items;
  return [repos.records.counts(projectId), newest && [newest.id, newest.revision, newest.updatedAt]];
}

function measureChecks(repos: Repos, review: Review, baseline: PromptVersion | null): Check[] {
  const practice = repos.records.listPractice(review.projectId);
  return automaticChecks({
    before: baseline?.text ?? null,
    after: textOf(review),
    trainingTexts: practice.flatMap(({ inputs, expectations }) => [
      ...inputs.messages.map(({ content }) => content),
      expectations.expected_response,
      ...expectations.facts,
      ...expectations.mustNever,
    ]),
    modelConfigBefore: baseline?.modelConfig ?? null,
    modelConfigAfter: review.modelConfig,
    conflictingSources: conflictsBehind(repos, review),
    guidelines: guidelinesInUse(repos, review.projectId),
  });
}

/** Those that are switched on, of every judge in use. */
function guidelinesInUse(repos: Repos, projectId: string): string[] {
  return repos.judges
    .list(projectId)
    .flatMap(({ id }) => repos.judges.inUse(id)?.id ?? [])
    .flatMap((versionId) => repos.judges.versionById(versionId)?.guidelines ?? [])
    .flatMap(({ active, text }) => (active ? [text] : []));
}

/** Contradictions that teaching found between guidelines of the run's judges that this change cites. */
function conflictsBehind(repos: Repos, review: Review): [string, string][] {
  const { changes, guidelines } = changesBehind(repos, review);
  const cited = new Set(changes.flatMap(({ guidelineIds }) => guidelineIds));
  return guidelines
    .filter(({ id }) => cited.has(id))
    .flatMap((one) =>
      guidelines
        .filter(
          (other) =>
            other.id > one.id &&
            cited.has(other.id) &&
            (one.conflictsWith.includes(other.id) || other.conflictsWith.includes(one.id)),
        )
        .map((other): [string, string] => [one.text, other.text]),
    );
}
