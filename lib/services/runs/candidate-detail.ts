import "server-only";
import type { StoredProposal } from "@/db/repos/candidates.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";
import type { CandidateRow } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { reflectionCallKey } from "./run-ports";
import { shownGrade } from "./run-scale";
import { questionOf, runViewOf, scaleOf } from "./run-snapshot";

/** One candidate opened: text, provenance, the reflection that suggested it, its results beside parent's and seed's. */
export function candidateDetailOf(
  { repos }: Pick<ServiceDeps, "repos">,
  run: Run,
  candidateId: string,
): CandidateDetail {
  const view = runViewOf(repos, run);
  const row = view.candidates.find((one) => one.candidateId === candidateId);
  if (!row) throw new AppError("not-found", "This run has no such candidate.");
  const seedId = view.seedCandidateId ?? "c0";
  const proposal = row.proposalId === null ? null : repos.candidates.proposal(run.id, row.proposalId);
  const textOf = (id: string) => repos.candidates.byId(run.id, id)?.components ?? null;
  const seedComponents = textOf(seedId) ?? {};
  const [parentId] = row.parentIds;
  return {
    candidateId,
    components: textOf(candidateId) ?? {},
    parentIds: row.parentIds,
    parentComponents: parentId === undefined ? null : textOf(parentId),
    seedComponents,
    productionComponents: productionOf(repos, run),
    summary: row.summary || (proposal?.summary ?? ""),
    changes: proposal?.changes ?? [],
    guidelines: guidelinesBehind(repos, run, proposal),
    refused: row.status === "refused" ? { reason: row.reason ?? "", detail: row.why } : null,
    reflection: reflectionOf(repos, run, row, proposal),
    rollouts: rolloutsOf(repos, run, candidateId, { seedId, parentId: parentId ?? null }),
  };
}

function productionOf(repos: ServiceDeps["repos"], run: Run): Record<string, string> | null {
  const alias = repos.aliases.get(run.promptId, "production");
  return alias ? (repos.prompts.versionById(alias.versionId)?.components ?? null) : null;
}

/** The guidelines that a proposal says it answers, each with the words of the experts that it came from. */
export function guidelinesBehind(
  repos: ServiceDeps["repos"],
  { manifest }: Run,
  proposal: StoredProposal | null,
): CandidateDetail["guidelines"] {
  const cited = new Set(proposal?.changes.flatMap(({ guidelineIds }) => guidelineIds));
  if (cited.size === 0) return [];
  const versions = repos.judges.versionsByIds(manifest.judges.map(({ judgeVersionId }) => judgeVersionId));
  return versions
    .flatMap(({ guidelines }) => guidelines)
    .filter(({ id }) => cited.has(id))
    .map(({ id, text, sourceLabelIds }) => ({
      id,
      text,
      words: repos.labels
        .byIds(sourceLabelIds)
        .filter(({ reason }) => reason.trim() !== "")
        .map(({ author, reason }) => ({ author: author.name, reason })),
    }));
}

/** The request and the raw reply as they were kept; the last of a chain, or of a repair. */
function reflectionOf(
  repos: ServiceDeps["repos"],
  run: Run,
  row: CandidateRow,
  proposal: StoredProposal | null,
): CandidateDetail["reflection"] {
  if (row.proposalId === null) return null;
  // A refused proposal may have no stored text; its calls are found by the keys that the engine gives them.
  const guesses = [3, 2, 1].flatMap((turn) => [
    `${row.proposalId}-r${turn}-repair`,
    `${row.proposalId}-r${turn}`,
  ]);
  const keys = proposal ? [...proposal.callKeys].reverse() : guesses.map(reflectionCallKey);
  for (const key of keys) {
    const call = repos.paidCalls.find(run.jobId, key);
    if (call) return { prompt: promptWords(call.request), reply: replyWords(call.reply) };
  }
  return null;
}

function promptWords(request: unknown): string {
  const { messages } = (request ?? {}) as { messages?: { role: string; content: string }[] };
  return (messages ?? []).map(({ role, content }) => `[${role}]\n${content}`).join("\n\n");
}

function replyWords(reply: unknown): string {
  const { text } = (reply ?? {}) as { text?: string };
  return text ?? "";
}

function rolloutsOf(
  repos: ServiceDeps["repos"],
  run: Run,
  candidateId: string,
  { seedId, parentId }: { seedId: string; parentId: string | null },
): CandidateDetail["rollouts"] {
  const owner = { kind: "run", id: run.id } as const;
  const own = countedByRecord(repos.rollouts.listByCandidate(owner, candidateId));
  const parent =
    parentId === null
      ? new Map<string, StoredRollout>()
      : countedByRecord(repos.rollouts.listByCandidate(owner, parentId));
  const seed = countedByRecord(repos.rollouts.listByCandidate(owner, seedId));
  const pinned = new Map(
    repos.snapshots.listForEngine(run.manifest.snapshotId).map((record) => [record.recordId, record]),
  );
  const scale = scaleOf(repos, run);
  return [...own.values()].map((rollout) => ({
    recordId: rollout.recordId,
    question: questionOf(pinned.get(rollout.recordId)?.inputs.messages ?? []),
    output: rollout.output ?? "",
    score: rollout.score,
    shown: shownGrade(rollout, scale),
    rationale: rollout.feedback,
    cause: rollout.cause,
    parentScore: parent.get(rollout.recordId)?.score ?? null,
    seedScore: seed.get(rollout.recordId)?.score ?? null,
    steps: rollout.steps,
    paid: rollout.paid,
    costUsd: rollout.costUsd,
    latencyMs: rollout.latencyMs,
  }));
}

/** The reading of each record that counts: the first that was scored, else the last failure. */
export function countedByRecord(rollouts: readonly StoredRollout[]): Map<string, StoredRollout> {
  const counted = new Map<string, StoredRollout>();
  for (const rollout of rollouts) {
    if (counted.get(rollout.recordId)?.status !== "scored") counted.set(rollout.recordId, rollout);
  }
  return counted;
}
