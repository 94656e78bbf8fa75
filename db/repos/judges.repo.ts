import "server-only";
import { and, count, desc, eq, getTableColumns, inArray, max } from "drizzle-orm";
import type { z } from "zod";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import type { Database } from "../client";
import type { ModelPins, retrievalSchema, StoredEpisode } from "../formats";
import { judges, judgeVersions } from "../schema/judges";
import { actorName, written } from "./common";

export interface Judge {
  id: string;
  projectId: string;
  name: string;
  kind: JudgeView["kind"];
  scale: JudgeView["scale"];
  createdBy: string;
  createdAt: number;
}

export type Retrieval = z.infer<typeof retrievalSchema>;

/** A version without its remembered answers, which are long: for lists and pages. */
export type JudgeVersionSummary = Omit<JudgeVersionView, "retrieval"> & {
  retrieval: Retrieval;
  models: ModelPins;
  createdById: string;
};

export type JudgeVersion = JudgeVersionSummary & { episodes: StoredEpisode[] };

export type NewJudgeVersion = Omit<
  JudgeVersion,
  "version" | "episodeCount" | "createdAt" | "createdBy" | "createdById"
> & {
  actorId: string;
  at: number;
};

/** Everything that decides a verdict; assignable to `JudgeSnapshot` of lib/judge. */
export interface StoredJudgeSnapshot
  extends Pick<
    JudgeVersion,
    "judgeId" | "anchors" | "goodEnough" | "instructions" | "guidelines" | "episodes" | "retrieval" | "rule"
  > {
  versionId: string;
  name: string;
  scale: Judge["scale"];
}

const { episodes: _episodes, createdBy: createdById, ...lean } = getTableColumns(judgeVersions);
const columns = { ...lean, createdById, createdBy: actorName("judge_versions", "created_by") };

export class JudgesRepo {
  constructor(private readonly database: Database) {}

  insert(judge: Judge): Judge {
    return written(this.database.db.insert(judges).values(judge).returning().all()[0]);
  }

  byId(id: string): Judge | null {
    return this.database.db.select().from(judges).where(eq(judges.id, id)).all()[0] ?? null;
  }

  /** Oldest first. */
  list(projectId: string): Judge[] {
    return this.database.db
      .select()
      .from(judges)
      .where(eq(judges.projectId, projectId))
      .orderBy(judges.createdAt)
      .all();
  }

  rename(id: string, name: string): void {
    this.database.db.update(judges).set({ name }).where(eq(judges.id, id)).run();
  }

  /** The next number. A version that comes in use retires the one before. */
  addVersion({ actorId, at, ...version }: NewJudgeVersion): JudgeVersion {
    const { db, transaction } = this.database;
    return transaction(() => {
      const ofJudge = eq(judgeVersions.judgeId, version.judgeId);
      const last = db
        .select({ last: max(judgeVersions.version) })
        .from(judgeVersions)
        .where(ofJudge)
        .all()[0]?.last;
      if (version.status === "in-use") this.retireInUse(version.judgeId);
      db.insert(judgeVersions)
        .values({
          ...version,
          version: (last ?? 0) + 1,
          episodeCount: version.episodes.length,
          createdBy: actorId,
          createdAt: at,
        })
        .run();
      return written(this.versionById(version.id));
    });
  }

  /** With its remembered answers. */
  versionById(id: string): JudgeVersion | null {
    const full = { ...columns, episodes: judgeVersions.episodes };
    return this.database.db.select(full).from(judgeVersions).where(eq(judgeVersions.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  versions(judgeId: string): JudgeVersionSummary[] {
    const ofJudge = eq(judgeVersions.judgeId, judgeId);
    return this.database.db
      .select(columns)
      .from(judgeVersions)
      .where(ofJudge)
      .orderBy(desc(judgeVersions.version))
      .all();
  }

  versionsByIds(ids: readonly string[]): JudgeVersionSummary[] {
    return this.database.db
      .select(columns)
      .from(judgeVersions)
      .where(inArray(judgeVersions.id, [...ids]))
      .all();
  }

  versionCount(judgeId: string): number {
    return (
      this.database.db
        .select({ n: count() })
        .from(judgeVersions)
        .where(eq(judgeVersions.judgeId, judgeId))
        .all()[0]?.n ?? 0
    );
  }

  inUse(judgeId: string): JudgeVersionSummary | null {
    return this.newestWith(judgeId, "in-use");
  }

  /** The newest draft; null when there is none, or when the version in use is newer. */
  draft(judgeId: string): JudgeVersionSummary | null {
    const draft = this.newestWith(judgeId, "draft");
    return draft && draft.version > (this.inUse(judgeId)?.version ?? 0) ? draft : null;
  }

  /** Everything that a verdict depends on; null when there is no such version. */
  snapshot(versionId: string): StoredJudgeSnapshot | null {
    const version = this.versionById(versionId);
    if (version === null) return null;
    const { name, scale } = written(this.byId(version.judgeId));
    const { judgeId, anchors, goodEnough, instructions, guidelines, episodes, retrieval, rule } = version;
    return {
      versionId,
      name,
      scale,
      judgeId,
      anchors,
      goodEnough,
      instructions,
      guidelines,
      episodes,
      retrieval,
      rule,
    };
  }

  /** Puts a version to use and retires the one that was. */
  putToUse(judgeId: string, versionId: string): void {
    this.database.transaction(() => {
      this.retireInUse(judgeId);
      this.setStatus(versionId, "in-use");
    });
  }

  setStatus(versionId: string, status: JudgeVersionView["status"]): void {
    this.database.db.update(judgeVersions).set({ status }).where(eq(judgeVersions.id, versionId)).run();
  }

  private retireInUse(judgeId: string): void {
    const inUse = and(eq(judgeVersions.judgeId, judgeId), eq(judgeVersions.status, "in-use"));
    this.database.db.update(judgeVersions).set({ status: "retired" }).where(inUse).run();
  }

  private newestWith(judgeId: string, status: JudgeVersionView["status"]): JudgeVersionSummary | null {
    const filter = and(eq(judgeVersions.judgeId, judgeId), eq(judgeVersions.status, status));
    const newest = desc(judgeVersions.version);
    return (
      this.database.db.select(columns).from(judgeVersions).where(filter).orderBy(newest).limit(1).all()[0] ??
      null
    );
  }
}
