import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { type Actor, permissionsByRole } from "@/lib/contracts/permissions";
import type { EvidenceView } from "@/lib/contracts/reviews";
import { MIN_PAIRS } from "@/lib/stats/evidence";
import { can } from "../authorize";
import { baselineOf, targetAliasOf } from "../evidence/evidence-plan";
import { evidenceViewOf } from "../evidence/evidence-view";
import { authorsOf } from "../reviews/authors";
import { checksOf } from "../reviews/review-checks";
import type { ServiceDeps } from "../service-deps";
import type { GateEvidence, GateFacts } from "./gate-of";

type Repos = ServiceDeps["repos"];

/** What the gate looks at, read from the store now. `override` = this person asks to go round the evidence. */
export function loadGateFacts(repos: Repos, actor: Actor, review: Review, override = false): GateFacts {
  const { projectId, promptId } = review;
  const evidence = evidenceViewOf(repos, review);
  const targetAlias = targetAliasOf(repos, projectId, evidence?.simulated ?? review.simulated);
  const baseline = baselineOf(repos, promptId, targetAlias);
  const settings = repos.projects.byId(projectId)?.settings;
  const authors = authorsOf(repos, review);
  const mayOverride = can(actor, "project:manage", projectId);
  const approvals = repos.reviews
    .approvals(review.id)
    .filter(({ contentHash }) => contentHash === review.contentHash)
    .map(({ by, byId, createdAt, self, override: isOverride }) => ({
      by,
      byId,
      at: createdAt,
      self,
      override: isOverride,
      stillMayApprove: mayStillApprove(repos, projectId, byId),
    }));
  return {
    state: review.state,
    targetAlias,
    isInitial: baseline === null,
    isUnchanged: baseline?.contentHash === review.contentHash,
    isExploratory: review.runId !== null && repos.runs.byId(review.runId)?.manifest.exploratory === true,
    brokenChecks: checksOf(repos, review, baseline)
      .filter(({ status }) => status === "blocks")
      .map(({ sentence }) => sentence),
    hasSealedRecords: canHaveSealed(repos.records.counts(projectId)),
    evidence: evidence && gateEvidenceOf(evidence),
    approvals,
    authorIds: authors.ids,
    authorName: authors.names,
    quorum: settings?.approvalQuorum ?? 1,
    isSelfApprovalOffered: settings?.selfApproval === true && isAlone(repos, projectId, authors.ids),
    isSelfApprovalOn: settings?.selfApproval === true,
    isOverridden: approvals.some((one) => one.override && one.stillMayApprove) || (override && mayOverride),
    mayOverride,
    overridesUsed: overridesUsed(repos, projectId),
  };
}

function gateEvidenceOf({ state, verdict, stale, losses, critical }: EvidenceView): GateEvidence {
  const isOver = state === "failed" || state === "cancelled";
  return {
    state: state === "done" ? "done" : isOver ? "ended-without-result" : "running",
    verdict,
    stale,
    openLosses: losses.filter(({ confirmed, accepted }) => confirmed && accepted === null),
    failingCritical: critical.cases.filter(({ lifted }) => lifted === null),
  };
}

function mayStillApprove(repos: Repos, projectId: string, userId: string): boolean {
  const role = repos.members.roleOf(projectId, userId);
  if (role !== null && permissionsByRole[role].includes("reviews:approve")) return true;
  return repos.users.byId(userId)?.isServerAdmin === true;
}

/**
 * Nobody is locked out of their own work (ux.md, rule 7): the author is the project's only member. The experts of the
 * sample are no people who could sign in, so there nobody else who may approve is enough.
 */
function isAlone(repos: Repos, projectId: string, authorIds: readonly string[]): boolean {
  const people = repos.members.list(projectId);
  const others = people.filter(({ userId }) => !authorIds.includes(userId));
  // Two people who both wrote at it are a team still.
  if (others.length === 0) return people.length <= 1;
  const isSample = repos.projects.byId(projectId)?.isSample === true;
  return isSample && others.every(({ role }) => !permissionsByRole[role].includes("reviews:approve"));
}

function overridesUsed(repos: Repos, projectId: string): number {
  return repos.prompts
    .list(projectId)
    .flatMap(({ id }) => repos.aliases.history(id))
    .filter(({ overridden }) => overridden).length;
}

/** Records without a set get one when evidence is bought; from a handful on, some of them are sealed then. */
function canHaveSealed({ sealed, unassigned }: { sealed: number; unassigned: number }): boolean {
  return sealed > 0 || unassigned >= MIN_PAIRS;
}
