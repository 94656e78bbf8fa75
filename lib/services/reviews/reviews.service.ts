import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import type { QuarterReport } from "@/lib/contracts/quarter-report";
import type { CreateReviewInput, PromoteInput, ReviewView } from "@/lib/contracts/reviews";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import { buildBundle } from "../bundles/build-bundle";
import type { Bundle } from "../bundles/bundle-format";
import type { EvidenceAction, EvidenceService } from "../evidence/evidence.service";
import { targetAliasOf } from "../evidence/evidence-plan";
import { evidenceViewOf } from "../evidence/evidence-view";
import { gateOf } from "../gate/gate-of";
import { loadGateFacts } from "../gate/load-gate-facts";
import type { ServiceDeps } from "../service-deps";
import { announce } from "../webhooks/announce";
import { editWords } from "./edit-words";
import { openReview } from "./open-review";
import { addApproval, alreadyDecided, assertMayOverride, promote, registerVersion } from "./promote";
import { quarterReportOf } from "./quarter-report";
import { decisionSentence, reviewViewOf } from "./review-view";

/** A line of the list of reviews. */
type ReviewSummary = Pick<
  ReviewView,
  "id" | "number" | "state" | "promptName" | "decisionSentence" | "simulated" | "createdAt" | "author"
>;

/** Changes on their way to production, and the only way there. */
export function createReviewsService(deps: ServiceDeps, evidence: EvidenceService) {
  const { repos } = deps;
  const view = (actor: Actor, reviewId: string): ReviewView =>
    reviewViewOf(repos, actor, find(deps, actor, "project:read", reviewId));

  return {
    /** Newest first. */
    list: (actor: Actor, projectId: string): ReviewSummary[] => {
      authorize(actor, "project:read", projectId);
      return repos.reviews.list(projectId).map((review) => summaryOf(deps, review));
    },

    /** What was decided in a quarter ("2026-q4"; the present one when left out). */
    quarter: (actor: Actor, projectId: string, quarter?: string): QuarterReport =>
      quarterReportOf(deps, actor, projectId, quarter),

    /** Reading never breaks a seal. */
    get: view,

    /** The file from which every figure can be computed again. */
    bundle: (actor: Actor, reviewId: string): Bundle =>
      buildBundle(deps, find(deps, actor, "project:read", reviewId)),

    /** The open review of these words, or a new one. */
    create: (actor: Actor, projectId: string, input: CreateReviewInput): ReviewView => {
      authorize(actor, "reviews:write", projectId);
      return view(actor, openReview(deps, actor, projectId, input).id);
    },

    /** Buys one counted look at the sealed records. */
    buyEvidence: (actor: Actor, reviewId: string): ReviewView => {
      evidence.buy(actor, find(deps, actor, "reviews:write", reviewId));
      return view(actor, reviewId);
    },

    controlEvidence: async (actor: Actor, reviewId: string, action: EvidenceAction): Promise<ReviewView> => {
      await evidence.control(actor, find(deps, actor, "reviews:write", reviewId), action);
      return view(actor, reviewId);
    },

    /** Changes the words under review: what was scored and approved was about the old ones. */
    edit: (
      actor: Actor,
      reviewId: string,
      input: { components: Record<string, string>; expectedHash: string },
    ): ReviewView => {
      const review = find(deps, actor, "reviews:write", reviewId);
      assertPerson(actor);
      editWords(deps, actor, review, input);
      return view(actor, reviewId);
    },

    comment: (actor: Actor, reviewId: string, input: CommentInput): ReviewView => {
      comment(deps, actor, find(deps, actor, "reviews:comment", reviewId), input);
      return view(actor, reviewId);
    },

    /** Takes a confirmed loss by name, or, as an approver, lifts a failure that three fresh readings did not repeat. */
    acceptLoss: (actor: Actor, reviewId: string, input: { recordId: string; reason: string }): ReviewView => {
      acceptLoss(deps, actor, find(deps, actor, "reviews:comment", reviewId), input);
      return view(actor, reviewId);
    },

    approve: (actor: Actor, reviewId: string, input: { override: boolean; reason: string }): ReviewView => {
      approve(deps, actor, find(deps, actor, "reviews:approve", reviewId), input);
      return view(actor, reviewId);
    },

    decline: (actor: Actor, reviewId: string, reason: string): ReviewView => {
      decline(deps, actor, find(deps, actor, "reviews:approve", reviewId), reason);
      return view(actor, reviewId);
    },

    /** Approves, when that is the last word needed, and moves the alias, if the gate is open. */
    promote: (actor: Actor, reviewId: string, input: PromoteInput): ReviewView => {
      const review = find(deps, actor, "prompts:promote", reviewId);
      assertPerson(actor);
      promote(deps, actor, review, input);
      return view(actor, reviewId);
    },
  };
}

function find({ repos }: ServiceDeps, actor: Actor, permission: Permission, reviewId: string): Review {
  const review = repos.reviews.byId(reviewId);
  if (!review || !can(actor, "project:read", review.projectId))
    throw new AppError("not-found", "There is no such review.");
  authorize(actor, permission, review.projectId);
  return review;
}

function summaryOf({ repos }: ServiceDeps, review: Review): ReviewSummary {
  const { id, number, state, simulated, createdAt, author } = review;
  const [look] = repos.evidence.listByReview(review.id);
  const alias = targetAliasOf(repos, review.projectId, look?.simulated ?? simulated);
  const promptName = repos.prompts.byId(review.promptId)?.name ?? "";
  return {
    id,
    number,
    state,
    promptName,
    decisionSentence: decisionSentence(repos, review, alias),
    simulated,
    createdAt,
    author,
  };
}

interface CommentInput {
  text: string;
  /** The sentence it is about; null = the whole change. */
  line: string | null;
  kind: "comment" | "question";
}

function comment(deps: ServiceDeps, actor: Actor, review: Review, input: CommentInput): void {
  const { repos, now, newId } = deps;
  repos.transaction(() => {
    const who = { authorId: actorId(actor), createdAt: now() };
    repos.reviews.addComment({ id: newId("cmt"), reviewId: review.id, ...input, ...who });
    const action = input.kind === "question" ? "review-asked" : "review-commented";
    audit(deps, actor, { ...subject(review), action });
  });
}

function decline(deps: ServiceDeps, actor: Actor, review: Review, reason: string): void {
  assertPerson(actor);
  assertUndecided(review);
  const { repos, now } = deps;
  repos.transaction(() => {
    const change = { state: "declined" as const, byId: actorId(actor), reason, at: now() };
    if (repos.reviews.moveOn(review.id, review.state, change) === null) throw alreadyDecided();
    audit(deps, actor, { ...subject(review), action: "review-declined", details: { reason } });
  });
}

function approve(
  deps: ServiceDeps,
  actor: Actor,
  review: Review,
  { override, reason }: { override: boolean; reason: string },
): void {
  const { repos } = deps;
  assertPerson(actor);
  assertUndecided(review);
  assertMayOverride(actor, review.projectId, override);
  if (override && reason.trim() === "") {
    throw new AppError("invalid-input", "Say why the evidence is gone round; history keeps it.", {
      errors: [{ path: "reason", message: "Say in a few words why." }],
    });
  }
  repos.transaction(() => {
    const before = loadGateFacts(repos, actor, review);
    if (before.authorIds.includes(actorId(actor)) && !before.isSelfApprovalOffered) {
      throw new AppError(
        "self-approval",
        "You made this change, so somebody else has to approve it. Copy the link and send it to an approver.",
      );
    }
    addApproval(deps, actor, review, { override, reason });
    if (!gateOf(loadGateFacts(repos, actor, review, override)).open) return;
    const { version } = registerVersion(deps, actor, review, reason);
    announce(deps, {
      projectId: review.projectId,
      type: "review.approved",
      path: `/p/${review.projectId}/reviews/${review.id}`,
      data: { review: { id: review.id, number: review.number }, version, by: actor.name },
    });
    const change = { state: "approved" as const, byId: actorId(actor), reason, at: deps.now() };
    if (repos.reviews.moveOn(review.id, "open", change) === null && review.state === "open")
      throw alreadyDecided();
  });
}

function acceptLoss(
  deps: ServiceDeps,
  actor: Actor,
  review: Review,
  { recordId, reason }: { recordId: string; reason: string },
): void {
  const { repos, now } = deps;
  assertPerson(actor);
  assertUndecided(review);
  const evidence = evidenceViewOf(repos, review);
  const loss = evidence?.losses.find((one) => one.recordId === recordId && one.confirmed);
  const failing = evidence?.critical.cases.find((one) => one.recordId === recordId);
  if (!evidence || (!loss && !failing)) {
    throw new AppError(
      "not-found",
      "The last look confirmed no loss on this record, so there is nothing to accept.",
    );
  }
  if (failing) assertLiftable(actor, review, failing.liftable);
  repos.transaction(() => {
    repos.reviews.acceptRegression({
      reviewId: review.id,
      recordId,
      evidenceId: evidence.id,
      reason,
      byId: actorId(actor),
      createdAt: now(),
    });
    audit(deps, actor, {
      ...subject(review),
      action: failing ? "failure-lifted" : "loss-accepted",
      details: { recordId, reason },
    });
  });
}

/** A record that must never fail is lifted by an approver, and only when three fresh readings were clean. */
function assertLiftable(actor: Actor, review: Review, liftable: boolean): void {
  authorize(actor, "reviews:approve", review.projectId);
  if (!liftable) {
    throw new AppError(
      "gate-closed",
      "This record must never fail and failed again when read afresh, so it cannot be accepted. Decline the change, or mend it.",
    );
  }
}

function assertUndecided({ state }: Review): void {
  if (state === "promoted" || state === "declined") {
    throw new AppError(
      "conflict",
      `This review is ${state} already; nothing was changed. Open a new one for a further change.`,
    );
  }
}

/** No key opens evidence, accepts losses, approves, promotes or rolls back. */
function assertPerson(actor: Actor): void {
  if (actor.kind === "key")
    throw new AppError("forbidden", "No API key may decide on a review: it takes a person who is signed in.");
}

function subject({ projectId, id }: Review) {
  return { projectId, subjectType: "review", subjectId: id };
}
