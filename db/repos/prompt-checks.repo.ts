import "server-only";
import { desc, eq, getTableColumns, max } from "drizzle-orm";
import type { Database } from "../client";
import type { ModelPins } from "../formats";
import { promptChecks } from "../schema/reviews";
import { actorName, written } from "./common";

/** What was promoted, asked again. State, progress and cause are its job's; what it found follows from its readings. */
export interface PromptCheck {
  id: string;
  /** The look whose answers are the earlier side. */
  lookId: string;
  /** Counts from 1 for its look. */
  number: number;
  versionId: string;
  jobId: string;
  judgeVersionIds: string[];
  targetVersionId: string;
  models: ModelPins;
  simulated: boolean;
  createdBy: string;
  createdById: string;
  createdAt: number;
}

export type NewPromptCheck = Omit<PromptCheck, "number" | "createdBy" | "createdById" | "createdAt"> & {
  actorId: string;
  at: number;
};

const { createdBy: createdById, ...facts } = getTableColumns(promptChecks);
const columns = { ...facts, createdById, createdBy: actorName("prompt_checks", "created_by") };

/** Its readings are rollouts with owner `{kind: "prompt-check", id}`. */
export class PromptChecksRepo {
  constructor(private readonly database: Database) {}

  /** Gives it the next number of its look; a check is never taken back. */
  insert({ actorId, at, ...check }: NewPromptCheck): PromptCheck {
    const { db, transaction } = this.database;
    return transaction(() => {
      const last = db
        .select({ last: max(promptChecks.number) })
        .from(promptChecks)
        .where(eq(promptChecks.lookId, check.lookId))
        .all()[0]?.last;
      db.insert(promptChecks)
        .values({ ...check, number: (last ?? 0) + 1, createdBy: actorId, createdAt: at })
        .run();
      return written(this.byId(check.id));
    });
  }

  byId(id: string): PromptCheck | null {
    return (
      this.database.db.select(columns).from(promptChecks).where(eq(promptChecks.id, id)).all()[0] ?? null
    );
  }

  /** Newest first. */
  listByLook(lookId: string): PromptCheck[] {
    return this.database.db
      .select(columns)
      .from(promptChecks)
      .where(eq(promptChecks.lookId, lookId))
      .orderBy(desc(promptChecks.number))
      .all();
  }
}
