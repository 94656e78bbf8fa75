import "server-only";
import { and, asc, desc, eq, getTableColumns, inArray, max } from "drizzle-orm";
import type { PromptVersionView } from "@/lib/contracts/prompts";
import type { ReviewView } from "@/lib/contracts/reviews";
import type { Database } from "../client";
import {
  abChecks,
  abRequests,
  approvals,
  regressionAcceptances,
  reviewComments,
  reviewEdits,
  reviews,
} from "../schema/reviews";
import { actorName, written } from "./common";

/** A change on its way to production, held by content. */
export interface Review {
  id: string;
  projectId: string;
  number: number;
  promptId: string;
  runId: string | null;
  candidateId: string | null;
  components: Record<string, string>;
  layout: string[];
  modelConfig: PromptVersionView["modelConfig"];
  contentHash: string;
  author: string;
  authorId: string;
  state: ReviewView["state"];
  promotedVersionId: string | null;
  /** Name of who promoted or declined it. */
  closedBy: string | null;
  closeReason: string | null;
  closedAt: number | null;
  simulated: boolean;
  createdAt: number;
}

export type NewReview = Pick<
  Review,
  | "id"
  | "projectId"
  | "promptId"
  | "runId"
  | "candidateId"
  | "components"
  | "layout"
  | "modelConfig"
  | "contentHash"
  | "authorId"
  | "simulated"
  | "createdAt"
>;

export interface ReviewComment {
  id: string;
  reviewId: string;
  kind: "comment" | "question";
  text: string;
  line: string | null;
  author: string;
  authorId: string;
  createdAt: number;
}

export interface Approval {
  reviewId: string;
  by: string;
  byId: string;
  contentHash: string;
  self: boolean;
  override: boolean;
  reason: string;
  createdAt: number;
}

export interface RegressionAcceptance {
  reviewId: string;
  recordId: string;
  evidenceId: string;
  reason: string;
  by: string;
  byId: string;
  createdAt: number;
}

/** One change of the words on the review's page. */
export interface ReviewEdit {
  id: string;
  reviewId: string;
  /** The words before it. */
  components: Record<string, string>;
  fromHash: string;
  toHash: string;
  by: string;
  byId: string;
  createdAt: number;
}

/** One question of a blind comparison; `choice` null = not answered yet. */
export type AbCheck = typeof abChecks.$inferSelect;

const columns = {
  ...getTableColumns(reviews),
  author: actorName("reviews", "author_id"),
  closedBy: actorName("reviews", "closed_by"),
};

export class ReviewsRepo {
  constructor(private readonly database: Database) {}

  /** Gives it the next number of its project. */
  insert(review: NewReview): Review {
    const { db, transaction } = this.database;
    return transaction(() => {
      const ofProject = eq(reviews.projectId, review.projectId);
      const last = db
        .select({ last: max(reviews.number) })
        .from(reviews)
        .where(ofProject)
        .all()[0]?.last;
      db.insert(reviews)
        .values({ ...review, number: (last ?? 0) + 1 })
        .run();
      return written(this.byId(review.id));
    });
  }

  byId(id: string): Review | null {
    return this.database.db.select(columns).from(reviews).where(eq(reviews.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  list(projectId: string): Review[] {
    return this.database.db
      .select(columns)
      .from(reviews)
      .where(eq(reviews.projectId, projectId))
      .orderBy(desc(reviews.number))
      .all();
  }

  /** Moves it on when it is still in `from`; null when somebody else was faster. */
  moveOn(
    id: string,
    from: Review["state"],
    change: { state: Review["state"]; byId: string; reason: string; promotedVersionId?: string; at: number },
  ): Review | null {
    const { state, byId, reason, promotedVersionId, at } = change;
    const closing =
      state === "promoted" || state === "declined"
        ? { closedBy: byId, closeReason: reason, closedAt: at }
        : {};
    const promoted = promotedVersionId === undefined ? {} : { promotedVersionId };
    const done = this.database.db
      .update(reviews)
      .set({ state, ...closing, ...promoted })
      .where(and(eq(reviews.id, id), eq(reviews.state, from)))
      .run();
    return done.changes === 0 ? null : this.byId(id);
  }

  /** Other words under the same review, with the old ones kept; null when they were changed or decided meanwhile. */
  edit(edit: Omit<ReviewEdit, "components" | "by">, components: Record<string, string>): Review | null {
    const { db, transaction } = this.database;
    return transaction(() => {
      const before = this.byId(edit.reviewId);
      if (before?.contentHash !== edit.fromHash) return null;
      const { byId, ...values } = edit;
      const done = db
        .update(reviews)
        .set({ components, contentHash: edit.toHash, state: "open" })
        .where(and(eq(reviews.id, edit.reviewId), inArray(reviews.state, ["open", "approved"])))
        .run();
      if (done.changes === 0) return null;
      db.insert(reviewEdits)
        .values({ ...values, components: before.components, createdBy: byId })
        .run();
      return this.byId(edit.reviewId);
    });
  }

  /** Oldest first. */
  edits(reviewId: string): ReviewEdit[] {
    const { createdBy, ...facts } = getTableColumns(reviewEdits);
    return this.database.db
      .select({ ...facts, byId: createdBy, by: actorName("review_edits", "created_by") })
      .from(reviewEdits)
      .where(eq(reviewEdits.reviewId, reviewId))
      .orderBy(asc(reviewEdits.createdAt), asc(reviewEdits.id))
      .all();
  }

  addComment(comment: Omit<ReviewComment, "author">): void {
    const { authorId, ...values } = comment;
    this.database.db
      .insert(reviewComments)
      .values({ ...values, createdBy: authorId })
      .run();
  }

  /** Oldest first. */
  comments(reviewId: string): ReviewComment[] {
    const { createdBy, ...facts } = getTableColumns(reviewComments);
    return this.database.db
      .select({ ...facts, authorId: createdBy, author: actorName("review_comments", "created_by") })
      .from(reviewComments)
      .where(eq(reviewComments.reviewId, reviewId))
      .orderBy(asc(reviewComments.createdAt), asc(reviewComments.id))
      .all();
  }

  /** One approval a person and content; approving the same words again replaces nothing. */
  addApproval(approval: Omit<Approval, "by">): void {
    const { byId, ...values } = approval;
    this.database.db
      .insert(approvals)
      .values({ ...values, createdBy: byId })
      .onConflictDoNothing()
      .run();
  }

  approvals(reviewId: string): Approval[] {
    const { createdBy, ...facts } = getTableColumns(approvals);
    return this.database.db
      .select({ ...facts, byId: createdBy, by: actorName("approvals", "created_by") })
      .from(approvals)
      .where(eq(approvals.reviewId, reviewId))
      .orderBy(asc(approvals.createdAt))
      .all();
  }

  /** How often somebody went round the gate of a project. */
  overrides(projectId: string): number {
    return this.database.db
      .select({ reviewId: approvals.reviewId })
      .from(approvals)
      .innerJoin(reviews, eq(reviews.id, approvals.reviewId))
      .where(and(eq(reviews.projectId, projectId), eq(approvals.override, true)))
      .all().length;
  }

  /** The last reason given for a loss stands. */
  acceptRegression(acceptance: Omit<RegressionAcceptance, "by">): void {
    const { byId, reason, createdAt, ...key } = acceptance;
    this.database.db
      .insert(regressionAcceptances)
      .values({ ...key, reason, createdAt, createdBy: byId })
      .onConflictDoUpdate({
        target: [regressionAcceptances.evidenceId, regressionAcceptances.recordId],
        set: { reason, createdAt, createdBy: byId },
      })
      .run();
  }

  regressionAcceptances(evidenceId: string): RegressionAcceptance[] {
    const { createdBy, ...facts } = getTableColumns(regressionAcceptances);
    return this.database.db
      .select({ ...facts, byId: createdBy, by: actorName("regression_acceptances", "created_by") })
      .from(regressionAcceptances)
      .where(eq(regressionAcceptances.evidenceId, evidenceId))
      .all();
  }

  /** Asks the experts to compare the answers of a look; asking again changes nothing. */
  requestAb(request: { evidenceId: string; reviewId: string; byId: string; createdAt: number }): void {
    const { byId, ...values } = request;
    this.database.db
      .insert(abRequests)
      .values({ ...values, createdBy: byId })
      .onConflictDoNothing()
      .run();
  }

  abRequest(evidenceId: string): { by: string; createdAt: number } | null {
    return (
      this.database.db
        .select({ by: actorName("ab_requests", "created_by"), createdAt: abRequests.createdAt })
        .from(abRequests)
        .where(eq(abRequests.evidenceId, evidenceId))
        .all()[0] ?? null
    );
  }

  addAbChecks(checks: readonly Omit<AbCheck, "choice" | "reason" | "answeredAt">[]): void {
    this.database.transaction(() => {
      for (const check of checks) this.database.db.insert(abChecks).values(check).run();
    });
  }

  /** Of a look, by one person or by all, in the order of asking. */
  abChecks(evidenceId: string, userId?: string): AbCheck[] {
    const mine = userId === undefined ? undefined : eq(abChecks.userId, userId);
    const filter = and(eq(abChecks.evidenceId, evidenceId), mine);
    return this.database.db
      .select()
      .from(abChecks)
      .where(filter)
      .orderBy(asc(abChecks.userId), asc(abChecks.position))
      .all();
  }

  answerAbCheck(
    id: string,
    userId: string,
    answer: { choice: NonNullable<AbCheck["choice"]>; reason: string; at: number },
  ): AbCheck | null {
    const { choice, reason, at } = answer;
    const mine = and(eq(abChecks.id, id), eq(abChecks.userId, userId));
    return (
      this.database.db
        .update(abChecks)
        .set({ choice, reason, answeredAt: at })
        .where(mine)
        .returning()
        .all()[0] ?? null
    );
  }
}
