import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { EvidenceView } from "@/lib/contracts/reviews";
import { stableStringify } from "@/lib/util/hash";
import type { ServiceDeps } from "../service-deps";
import { currentTargetVersion } from "../targets/current-target";
import { baselineOf, targetAliasOf } from "./evidence-plan";
import { MANY_LOOKS } from "./evidence-words";

type Repos = ServiceDeps["repos"];

/** The newest look of a review as people see it, with the losses that somebody took; null when there was none. */
export function evidenceViewOf(repos: Repos, review: Review): EvidenceView | null {
  const look = repos.evidence.listByReview(review.id)[0];
  return look ? viewOf(repos, review, look) : null;
}

function viewOf(repos: Repos, review: Review, look: EvidenceLook): EvidenceView {
  const job = look.jobId === null ? null : repos.jobs.byId(look.jobId);
  const { id, simulated, createdAt, createdBy, jobId } = look;
  const base = {
    id,
    look: look.look,
    state: look.result === null ? (job?.state ?? "failed") : ("done" as const),
    progress: { done: job?.done ?? 0, total: job?.total ?? 0 },
    cause: look.result === null ? (job?.cause ?? null) : null,
    stale: look.result === null ? null : staleness(repos, review, look),
    simulated,
    createdAt,
    createdBy,
    jobId,
  };
  if (look.result === null) return { ...EMPTY, ...base };
  const accepted = new Map(
    repos.reviews.regressionAcceptances(id).map((one) => [one.recordId, { reason: one.reason, by: one.by }]),
  );
  const { critical, losses } = look.result;
  return {
    ...look.result,
    ...base,
    losses: losses.map((loss) => ({ ...loss, accepted: accepted.get(loss.recordId) ?? null })),
    critical: {
      ...critical,
      cases: critical.cases.map((one) => ({
        ...one,
        lifted: one.liftable ? (accepted.get(one.recordId) ?? null) : null,
      })),
    },
  };
}

const EMPTY: Omit<
  EvidenceView,
  "id" | "look" | "state" | "progress" | "cause" | "stale" | "simulated" | "createdAt" | "createdBy" | "jobId"
> = {
  verdict: null,
  headline: "",
  sentence: "",
  counts: null,
  meanBefore: null,
  meanAfter: null,
  gain: null,
  pValue: null,
  alpha: null,
  morePairsNeeded: null,
  byTag: [],
  pairs: [],
  critical: { passed: 0, of: 0, failing: [], cases: [] },
  losses: [],
  perAnswer: null,
  modelCalls: 0,
  costUsd: null,
};

/** Why the look says nothing about today any more; null while it does, and of a review that is closed. */
function staleness(repos: Repos, review: Review, look: EvidenceLook): string | null {
  if (review.state === "promoted" || review.state === "declined") return null;
  if (look.contentHash !== null && look.contentHash !== review.contentHash)
    return "The words were edited after this look, so it says nothing about them.";
  const alias = targetAliasOf(repos, review.projectId, look.simulated);
  const current = baselineOf(repos, review.promptId, alias);
  if ((current?.id ?? null) !== look.baselineVersionId) {
    const old = repos.prompts.versionById(look.baselineVersionId ?? "")?.version;
    return `This look compared with v${old}; ${current ? `v${current.version} is there now` : "nothing is there now"}.`;
  }
  return judgeChange(repos, look) ?? modelChange(repos, review, look);
}

const DAY_MS = 86_400_000;
const OLD_DAYS = 90;

/** Why a look says less than it did when it was taken, though what it compared with has not moved; null while it holds. */
export function evidenceAge(repos: Repos, review: Review, look: AgingLook, now: number): string | null {
  const days = daysSince(look, now);
  return (
    judgeChange(repos, look) ??
    modelChange(repos, review, look) ??
    (days > OLD_DAYS ? `The evidence is ${days} days old.` : null) ??
    (look.look > MANY_LOOKS
      ? `The sealed records were looked at ${look.look} times for it; each look proves less.`
      : null)
  );
}

/** What is not as it was at a look, in sentences; how long ago it was comes last. */
export function changesSince(repos: Repos, review: Review, look: AgingLook, now: number): string[] {
  const days = daysSince(look, now);
  return [
    judgeChange(repos, look),
    modelChange(repos, review, look),
    days === 0 ? null : `The evidence is ${days === 1 ? "1 day" : `${days} days`} old.`,
  ].filter((change) => change !== null);
}

function daysSince({ createdAt }: Pick<AgingLook, "createdAt">, now: number): number {
  return Math.floor((now - createdAt) / DAY_MS);
}

/** What a look, or a later check of what it led to, was taken with. */
type AgingLook = Pick<EvidenceLook, "judgeVersionIds" | "models" | "targetVersionId" | "createdAt" | "look">;

function judgeChange(repos: Repos, look: Pick<AgingLook, "judgeVersionIds">): string | null {
  for (const used of repos.judges.versionsByIds(look.judgeVersionIds)) {
    const inUse = repos.judges.inUse(used.judgeId);
    if (inUse && inUse.id !== used.id)
      return `The judge has changed since this look: v${inUse.version} grades now, v${used.version} graded then.`;
  }
  return null;
}

function modelChange(
  repos: Repos,
  review: Review,
  look: Pick<AgingLook, "models" | "targetVersionId">,
): string | null {
  const models = repos.projects.byId(review.projectId)?.models;
  for (const [role, words] of [
    ["task", "answers"],
    ["judge", "grades"],
  ] as const) {
    const [pinned, now] = [look.models[role], models?.[role]];
    if (pinned && now && stableStringify(pinned) !== stableStringify(now)) {
      return `The evidence is from another model: ${pinned.model} gave the ${words} then, ${now.model} does now.`;
    }
  }
  const version = currentTargetVersion(repos, review.projectId);
  return version && version.id !== look.targetVersionId ? "Your agent has changed since this look." : null;
}
