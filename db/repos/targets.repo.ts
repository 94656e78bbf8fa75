import "server-only";
import { and, desc, eq, max } from "drizzle-orm";
import type { Database } from "../client";
import type { TargetConfig } from "../formats";
import { targetChecks, targets, targetVersions } from "../schema/targets";
import { written } from "./common";

export interface Target {
  id: string;
  projectId: string;
  name: string;
  kind: "chat" | "http";
  createdAt: number;
}

export interface TargetVersion {
  id: string;
  targetId: string;
  version: number;
  config: TargetConfig;
  /** Sealed JSON of headers for the agent. */
  sealedHeaders: string | null;
  contentHash: string;
  createdBy: string;
  createdAt: number;
}

export type TargetCheck = typeof targetChecks.$inferSelect;

export class TargetsRepo {
  constructor(private readonly database: Database) {}

  insert(target: Target): Target {
    return written(this.database.db.insert(targets).values(target).returning().all()[0]);
  }

  byId(id: string): Target | null {
    return this.database.db.select().from(targets).where(eq(targets.id, id)).all()[0] ?? null;
  }

  /** Oldest first. */
  list(projectId: string): Target[] {
    return this.database.db
      .select()
      .from(targets)
      .where(eq(targets.projectId, projectId))
      .orderBy(targets.createdAt)
      .all();
  }

  /** The next number, or the version that already has this content. */
  addVersion(version: Omit<TargetVersion, "version">): TargetVersion {
    const { db, transaction } = this.database;
    const ofTarget = eq(targetVersions.targetId, version.targetId);
    return transaction(() => {
      const same = and(ofTarget, eq(targetVersions.contentHash, version.contentHash));
      const known = db.select().from(targetVersions).where(same).all()[0];
      if (known) return known;
      const last = db
        .select({ last: max(targetVersions.version) })
        .from(targetVersions)
        .where(ofTarget)
        .all()[0]?.last;
      return written(
        db
          .insert(targetVersions)
          .values({ ...version, version: (last ?? 0) + 1 })
          .returning()
          .all()[0],
      );
    });
  }

  addCheck(check: TargetCheck): void {
    this.database.db.insert(targetChecks).values(check).run();
  }

  /** The newest of this version; null when it was never tested. */
  lastCheck(targetVersionId: string): TargetCheck | null {
    const ofVersion = eq(targetChecks.targetVersionId, targetVersionId);
    const newest = [desc(targetChecks.createdAt), desc(targetChecks.id)];
    return (
      this.database.db
        .select()
        .from(targetChecks)
        .where(ofVersion)
        .orderBy(...newest)
        .limit(1)
        .all()[0] ?? null
    );
  }

  versionById(id: string): TargetVersion | null {
    return this.database.db.select().from(targetVersions).where(eq(targetVersions.id, id)).all()[0] ?? null;
  }

  latestVersion(targetId: string): TargetVersion | null {
    const ofTarget = eq(targetVersions.targetId, targetId);
    const newest = desc(targetVersions.version);
    return (
      this.database.db.select().from(targetVersions).where(ofTarget).orderBy(newest).limit(1).all()[0] ?? null
    );
  }
}
