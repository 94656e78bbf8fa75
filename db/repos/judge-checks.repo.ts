import "server-only";
import { and, desc, eq, getTableColumns } from "drizzle-orm";
import type { JudgeCheckKind } from "@/lib/contracts/judge-checks";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { judgeChecks } from "../schema/judges";
import { actorName, written } from "./common";

const { createdBy: createdById, ...facts } = getTableColumns(judgeChecks);
const columns = { ...facts, createdById, createdBy: actorName("judge_checks", "created_by") };

/** Answers judged for the sake of the judge; state and progress are its job's. */
export type JudgeCheck = Omit<typeof judgeChecks.$inferSelect, "createdBy"> & {
  createdBy: string;
  createdById: string;
};

export type NewJudgeCheck = Omit<JudgeCheck, "createdBy" | "createdById" | "createdAt" | "result"> & {
  actorId: string;
  at: number;
};

export class JudgeChecksRepo {
  constructor(private readonly database: Database) {}

  insert({ actorId, at, ...check }: NewJudgeCheck): JudgeCheck {
    this.database.db
      .insert(judgeChecks)
      .values({ ...check, createdBy: actorId, createdAt: at })
      .run();
    return written(this.byId(check.id));
  }

  byId(id: string): JudgeCheck | null {
    return this.database.db.select(columns).from(judgeChecks).where(eq(judgeChecks.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  list(judgeId: string, kind: JudgeCheckKind, limit: number): JudgeCheck[] {
    return this.database.db
      .select(columns)
      .from(judgeChecks)
      .where(and(eq(judgeChecks.judgeId, judgeId), eq(judgeChecks.kind, kind)))
      .orderBy(desc(judgeChecks.createdAt), desc(judgeChecks.id))
      .limit(limit)
      .all();
  }

  setResult(id: string, result: StoredJson): void {
    this.database.db.update(judgeChecks).set({ result }).where(eq(judgeChecks.id, id)).run();
  }
}
