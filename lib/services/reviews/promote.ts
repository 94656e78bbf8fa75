import "server-only";
import type { Alias, AliasMove } from "@/db/repos/aliases.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { PromoteInput } from "@/lib/contracts/reviews";
import { audit } from "../audit";
import { actorId, can } from "../authorize";
import { countedApprovals, type GateFacts, gateOf } from "../gate/gate-of";
import { loadGateFacts } from "../gate/load-gate-facts";
import { queuePush } from "../mlflow/queue-push";
import { aliasMoved } from "../prompts/alias-moved";
import { prepareVersion } from "../prompts/new-version";
import type { ServiceDeps } from "../service-deps";
import { announce } from "../webhooks/announce";
import { authorsOf } from "./authors";
import { commitMessageOf, evidenceSentenceOf, versionTagsOf } from "./version-facts";

/** Approves these words in the person's name, marked when they are its author or go round the evidence. */
export function addApproval(
  deps: ServiceDeps,
  actor: Actor,
  review: Review,
  given: { override: boolean; reason: string },
): void {
  const { repos, now } = deps;
  const byId = actorId(actor);
  const self = authorsOf(repos, review).ids.includes(byId);
  const { id: reviewId, contentHash, projectId } = review;
  repos.reviews.addApproval({ reviewId, byId, contentHash, self, ...given, createdAt: now() });
  audit(deps, actor, {
    projectId,
    action: "review-approved",
    subjectType: "review",
    subjectId: reviewId,
    details: { self, ...given, contentHash },
  });
}

/** Registers the words as a version, once: the same content keeps its number. */
export function registerVersion(
  deps: ServiceDeps,
  actor: Actor,
  review: Review,
  reason: string,
): PromptVersion {
  const { repos, now, newId } = deps;
  const known = repos.prompts.versionByHash(review.promptId, review.contentHash);
  if (known) return known;
  const { promptId, components, layout, modelConfig } = review;
  const version = prepareVersion({
    id: newId("pv"),
    promptId,
    components,
    layout,
    modelConfig,
    commitMessage: commitMessageOf(repos, review, reason),
    tags: versionTagsOf(repos, review),
    source:
      review.runId === null
        ? `review ${review.number}`
        : `run ${repos.runs.byId(review.runId)?.number}, ${review.candidateId}`,
    actorId: actorId(actor),
    at: now(),
  });
  return repos.prompts.addVersion(version);
}

/**
 * Moves the alias onto these words if the gate is open, adding this person's approval when it is the one that is
 * missing. All or nothing, in one transaction. Throws `alias-moved` when somebody else was faster, `gate-closed` with
 * what stands in the way, `forbidden` when an override is asked for by somebody who may not.
 */
export function promote(deps: ServiceDeps, actor: Actor, found: Review, input: PromoteInput): void {
  const { repos } = deps;
  repos.transaction(() => {
    // Read again inside the transaction: what was found before may have been decided meanwhile.
    const review = repos.reviews.byId(found.id) ?? found;
    assertMayOverride(actor, review.projectId, input.override);
    const before = loadGateFacts(repos, actor, review, input.override);
    const current = repos.aliases.get(review.promptId, before.targetAlias);
    const isOpen = review.state === "open" || review.state === "approved";
    if (isOpen && (current?.version ?? null) !== input.expectedCurrent) {
      throw aliasMoved(repos, review.promptId, before.targetAlias);
    }
    if (isMissingWord(actor, before)) {
      addApproval(deps, actor, review, { override: input.override, reason: input.reason });
    }
    const facts = loadGateFacts(repos, actor, review, input.override);
    const gate = gateOf(facts);
    if (!gate.open) throw gateClosed(gate.blockers);
    moveAlias(deps, actor, { review, facts, current, reason: input.reason });
  });
}

interface Move {
  review: Review;
  facts: GateFacts;
  current: Alias | null;
  reason: string;
}

/** The move itself, behind an open gate: version, alias with its line in the history, review, audit. */
function moveAlias(deps: ServiceDeps, actor: Actor, { review, facts, current, reason }: Move): void {
  const { repos, now, newId } = deps;
  const { projectId, promptId } = review;
  const alias = facts.targetAlias;
  const who = { actorId: actorId(actor), at: now() };
  const version = registerVersion(deps, actor, review, reason);
  const event: AliasMove["event"] = {
    id: newId("ale"),
    kind: current === null ? "initial" : "promotion",
    reason,
    reviewId: review.id,
    evidenceSentence: evidenceSentenceOf(repos, review),
    selfApproved: countedApprovals(facts).some(({ self }) => self),
    overridden: needsOverride(facts),
    ...who,
  };
  const expectedCurrent = current?.versionId ?? null;
  const moved = repos.aliases.move({ promptId, alias, expectedCurrent, toVersionId: version.id, event });
  if (moved.status === "conflict") throw aliasMoved(repos, promptId, alias);
  const change = {
    state: "promoted" as const,
    byId: who.actorId,
    reason,
    promotedVersionId: version.id,
    at: who.at,
  };
  if (repos.reviews.moveOn(review.id, review.state, change) === null) throw alreadyDecided();
  queuePush(deps, projectId, event.id);
  const { selfApproved, overridden, evidenceSentence } = event;
  const versions = { from: current?.version ?? null, to: version.version };
  announce(deps, {
    projectId,
    type: "prompt.promoted",
    path: `/p/${projectId}/reviews/${review.id}`,
    data: {
      prompt: repos.prompts.byId(promptId)?.name ?? "",
      alias,
      version: version.version,
      fromVersion: versions.from,
      contentHash: version.contentHash,
      review: { id: review.id, number: review.number },
      by: actor.name,
      reason,
      evidence: evidenceSentence,
      selfApproved,
      overridden,
    },
  });
  audit(deps, actor, {
    projectId,
    action: "prompt-promoted",
    subjectType: "review",
    subjectId: review.id,
    details: { promptId, alias, ...versions, reason, selfApproved, overridden },
  });
}

/** Whether the evidence was really gone round: an override that was not needed leaves no mark. */
function needsOverride(facts: GateFacts): boolean {
  return facts.isOverridden && !gateOf({ ...facts, isOverridden: false }).open;
}

function isMissingWord(actor: Actor, facts: GateFacts): boolean {
  const self = actorId(actor);
  const counted = countedApprovals(facts);
  const needed = facts.isSelfApprovalOffered ? 1 : facts.quorum;
  if (counted.length >= needed || counted.some(({ byId }) => byId === self)) return false;
  return !facts.authorIds.includes(self) || facts.isSelfApprovalOffered;
}

/** Throws `forbidden` when an override is asked for and this person may not. */
export function assertMayOverride(actor: Actor, projectId: string, override: boolean): void {
  if (override && !can(actor, "project:manage", projectId)) {
    throw new AppError(
      "forbidden",
      "Only an admin of this project may go round the evidence. Nothing was changed; ask one of them.",
    );
  }
}

function gateClosed(blockers: readonly { code: string; what: string; fix: string }[]): AppError {
  const [first] = blockers;
  const more =
    blockers.length > 1
      ? ` ${blockers.length - 1} more thing${blockers.length === 2 ? " stands" : "s stand"} in the way.`
      : "";
  const detail = `It cannot go live yet: ${first?.what ?? ""} ${first?.fix ?? ""}${more} Production is unchanged.`;
  return new AppError("gate-closed", detail, { extra: { blockers: [...blockers] } });
}

export function alreadyDecided(): AppError {
  return new AppError(
    "conflict",
    "Somebody decided this review while you read. Nothing was changed by you. Load it again.",
  );
}
