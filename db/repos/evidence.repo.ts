import "server-only";
import { count, desc, eq, getTableColumns, max } from "drizzle-orm";
import type { Database } from "../client";
import type { EvidenceResult, ModelPins } from "../formats";
import { evidenceLooks, reviews } from "../schema/reviews";
import { actorName, written } from "./common";

/** One look at the sealed records. State, progress and cause are its job's. */
export interface EvidenceLook {
  id: string;
  reviewId: string;
  /** Counts from 1 in its review. */
  look: number;
  jobId: string | null;
  /** What the alias pointed at when the look was bought; null = nothing yet. */
  baselineVersionId: string | null;
  snapshotId: string | null;
  judgeVersionIds: string[];
  targetVersionId: string | null;
  models: ModelPins;
  /** Hash of the words that were scored; null of looks older than editing in place: the review's own. */
  contentHash: string | null;
  /** Null until it is done. */
  result: EvidenceResult | null;
  simulated: boolean;
  createdBy: string;
  createdById: string;
  createdAt: number;
}

export type NewEvidenceLook = Omit<
  EvidenceLook,
  "look" | "result" | "createdBy" | "createdById" | "createdAt"
> & {
  actorId: string;
  at: number;
};

const { createdBy: createdById, ...facts } = getTableColumns(evidenceLooks);
const columns = { ...facts, createdById, createdBy: actorName("evidence_looks", "created_by") };

/** Its readings are rollouts with owner `{kind: "evidence", id}`. */
export class EvidenceRepo {
  constructor(private readonly database: Database) {}

  /** Gives it the next number of its review; a look is never taken back. */
  insert({ actorId, at, ...look }: NewEvidenceLook): EvidenceLook {
    const { db, transaction } = this.database;
    return transaction(() => {
      const ofReview = eq(evidenceLooks.reviewId, look.reviewId);
      const last = db
        .select({ last: max(evidenceLooks.look) })
        .from(evidenceLooks)
        .where(ofReview)
        .all()[0]?.last;
      db.insert(evidenceLooks)
        .values({ ...look, look: (last ?? 0) + 1, createdBy: actorId, createdAt: at })
        .run();
      return written(this.byId(look.id));
    });
  }

  byId(id: string): EvidenceLook | null {
    return (
      this.database.db.select(columns).from(evidenceLooks).where(eq(evidenceLooks.id, id)).all()[0] ?? null
    );
  }

  /** Newest first. */
  listByReview(reviewId: string): EvidenceLook[] {
    const ofReview = eq(evidenceLooks.reviewId, reviewId);
    return this.database.db
      .select(columns)
      .from(evidenceLooks)
      .where(ofReview)
      .orderBy(desc(evidenceLooks.look))
      .all();
  }

  /** How often the sealed records of a project were looked at. */
  countLooks(projectId: string): number {
    return (
      this.database.db
        .select({ n: count() })
        .from(evidenceLooks)
        .innerJoin(reviews, eq(reviews.id, evidenceLooks.reviewId))
        .where(eq(reviews.projectId, projectId))
        .all()[0]?.n ?? 0
    );
  }

  setJob(id: string, jobId: string): void {
    this.database.db.update(evidenceLooks).set({ jobId }).where(eq(evidenceLooks.id, id)).run();
  }

  setResult(id: string, result: EvidenceResult): EvidenceLook {
    this.database.db.update(evidenceLooks).set({ result }).where(eq(evidenceLooks.id, id)).run();
    return written(this.byId(id));
  }
}
