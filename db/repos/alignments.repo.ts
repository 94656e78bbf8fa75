import "server-only";
import { desc, eq, getTableColumns } from "drizzle-orm";
import type { AlignmentView } from "@/lib/contracts/judges";
import type { Database } from "../client";
import type { ModelPins } from "../formats";
import { alignments } from "../schema/judges";
import { actorName, written } from "./common";

/** State, stage and progress are its job's. */
export type Alignment = Omit<AlignmentView, "state" | "stage" | "progress" | "cause"> & {
  projectId: string;
  baseVersionId: string;
  jobId: string | null;
  labelIds: string[];
  models: ModelPins;
  createdBy: string;
  createdById: string;
};

export type NewAlignment = Pick<
  Alignment,
  "id" | "projectId" | "judgeId" | "baseVersionId" | "jobId" | "labelIds" | "models" | "simulated"
> & { actorId: string; at: number };

export type AlignmentChanges = Partial<
  Pick<
    Alignment,
    | "jobId"
    | "draftVersionId"
    | "decision"
    | "before"
    | "after"
    | "human"
    | "verdict"
    | "report"
    | "modelCalls"
    | "costUsd"
  >
>;

const { createdBy: createdById, ...facts } = getTableColumns(alignments);
const columns = { ...facts, createdById, createdBy: actorName("alignments", "created_by") };

export class AlignmentsRepo {
  constructor(private readonly database: Database) {}

  insert({ actorId, at, ...alignment }: NewAlignment): Alignment {
    this.database.db
      .insert(alignments)
      .values({ ...alignment, createdBy: actorId, createdAt: at })
      .run();
    return written(this.byId(alignment.id));
  }

  byId(id: string): Alignment | null {
    return this.database.db.select(columns).from(alignments).where(eq(alignments.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  list(judgeId: string): Alignment[] {
    const ofJudge = eq(alignments.judgeId, judgeId);
    return this.database.db
      .select(columns)
      .from(alignments)
      .where(ofJudge)
      .orderBy(desc(alignments.createdAt))
      .all();
  }

  update(id: string, changes: AlignmentChanges): Alignment | null {
    this.database.db.update(alignments).set(changes).where(eq(alignments.id, id)).run();
    return this.byId(id);
  }
}
