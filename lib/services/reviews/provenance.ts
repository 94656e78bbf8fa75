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
        .map((one) => withWords(repos, one)),
    }));
}

function practiceRecords(repos: Repos, projectId: string, ids: readonly string[]) {
  return repos.records
    .findForEngine(projectId, ids)
    .map(({ id, inputs }) => ({ id, question: questionOf(inputs.messages) }));
}

function withWords(repos: Repos, { id, text, sourceLabelIds }: Guideline) {
  const words = repos.labels
    .byIds(sourceLabelIds)
    .filter(({ reason }) => reason.trim() !== "")
    .map(({ author, reason, createdAt }) => ({ author: author.name, reason, at: createdAt }));
  return { id, text, words };
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
