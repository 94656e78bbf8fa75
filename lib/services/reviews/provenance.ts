import "server-only";
import type { StoredProposal } from "@/db/repos/candidates.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { JudgeVersionView } from "@/lib/contracts/judges";
import type { ReviewView } from "@/lib/contracts/reviews";
import { questionOf } from "../evidence/question-of";
import type { ServiceDeps } from "../service-deps";
import { textOf } from "./review-text";

type Repos = ServiceDeps["repos"];
type Change = StoredProposal["changes"][number];
type Guideline = JudgeVersionView["guidelines"][number];

/** What the suggested edits on the way to this candidate said they changed, newest first, and the run's guidelines. */
export function changesBehind(
  repos: Repos,
  { runId, candidateId }: Review,
): { changes: Change[]; guidelines: Guideline[] } {
  const run = runId === null ? null : repos.runs.byId(runId);
  if (!run || candidateId === null) return { changes: [], guidelines: [] };
  const versions = repos.judges.versionsByIds(
    run.manifest.judges.map(({ judgeVersionId }) => judgeVersionId),
  );
  const changes = ancestry(repos, run.id, candidateId).flatMap((proposal) => proposal.changes);
  return { changes, guidelines: versions.flatMap((version) => version.guidelines) };
}

/** The proposals that led to a candidate: its own, then its parents', each once. */
function ancestry(repos: Repos, runId: string, candidateId: string): StoredProposal[] {
  const seen = new Set<string>();
  const waiting = [candidateId];
  const found: StoredProposal[] = [];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const proposalId = repos.candidates.byId(runId, id)?.proposalId;
    const proposal = proposalId ? repos.candidates.proposal(runId, proposalId) : null;
    if (!proposal) continue;
    found.push(proposal);
    waiting.push(...proposal.parentIds);
  }
  return found;
}

/** Why sentences of the text are there: guidelines with the experts' words behind them, and practice records. */
export function sourcesOf(repos: Repos, review: Review): ReviewView["sources"] {
  const text = fold(textOf(review));
  const { changes, guidelines } = changesBehind(repos, review);
  const seen = new Set<string>();
  return changes
    .filter(({ sentence }) => {
      const folded = fold(sentence);
      const isNew = folded !== "" && text.includes(folded) && !seen.has(folded);
      seen.add(folded);
      return isNew;
    })
    .map(({ sentence, verified, exampleIds, guidelineIds }) => ({
      sentence,
      verified,
      records: practiceRecords(repos, review.projectId, exampleIds),
      guidelines: guidelines
        .filter(({ id }) => guidelineIds.includes(id))
        .map((one) => withWords(repos, one, sentence)),
    }));
}

function practiceRecords(repos: Repos, projectId: string, ids: readonly string[]) {
  return repos.records
    .findForEngine(projectId, ids)
    .map(({ id, inputs }) => ({ id, question: questionOf(inputs.messages) }));
}

/**
 * A guideline may stand on comments that ask for different things. Those that share words with the sentence are its
 * reason; where none does ("too long" behind "in three sentences"), all are.
 */
function withWords(repos: Repos, { id, text, sourceLabelIds }: Guideline, sentence: string) {
  const all = repos.labels
    .byIds(sourceLabelIds)
    .filter(({ reason }) => reason.trim() !== "")
    .map(({ author, reason, createdAt }) => ({ author: author.name, reason, at: createdAt }));
  const own = all.filter(({ reason }) => sharesWords(reason, sentence));
  const words = own.length > 0 ? own : all;
  return { id, text, words, others: all.length - words.length };
}

const COMMON = new Set(
  "about always answer does each every from give have include into mention name never only should state that their them there they this what when where which with your".split(
    " ",
  ),
);

/** A word of content in common; endings are forgiven. */
function sharesWords(a: string, b: string): boolean {
  const stemsOf = (text: string): Set<string> =>
    new Set(
      (
        text
          .normalize("NFKC")
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu) ?? []
      )
        .filter((word) => word.length > 3 && !COMMON.has(word))
        .map((word) => word.slice(0, 5)),
    );
  const known = stemsOf(b);
  return [...stemsOf(a)].some((stem) => known.has(stem));
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
