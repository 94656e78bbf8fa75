import "server-only";
import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import type { ApiScope } from "@/lib/contracts/permissions";
import type { Database } from "../client";
import { apiKeys } from "../schema/access";

/** A key as it may be shown: never its hash. */
export interface ApiKey {
  id: string;
  projectId: string;
  name: string;
  prefix: string;
  scopes: ApiScope[];
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
  createdBy: string;
  createdAt: number;
}

export class ApiKeysRepo {
  constructor(private readonly database: Database) {}

  insert(key: Omit<ApiKey, "lastUsedAt" | "revokedAt"> & { hash: string }): void {
    this.database.db.insert(apiKeys).values(key).run();
  }

  /** The key that is good now; null when unknown, revoked or expired. */
  findActive(hash: string, now: number): ApiKey | null {
    const inTime = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now));
    const filter = and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt), inTime);
    const row = this.database.db.select().from(apiKeys).where(filter).all()[0];
    return row ? toKey(row) : null;
  }

  byId(id: string): ApiKey | null {
    const row = this.database.db.select().from(apiKeys).where(eq(apiKeys.id, id)).all()[0];
    return row ? toKey(row) : null;
  }

  /** Newest first, revoked ones too. */
  list(projectId: string): ApiKey[] {
    const ofProject = eq(apiKeys.projectId, projectId);
    return this.database.db
      .select()
      .from(apiKeys)
      .where(ofProject)
      .orderBy(desc(apiKeys.createdAt))
      .all()
      .map(toKey);
  }

  touch(id: string, at: number): void {
    this.database.db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id)).run();
  }

  /** The first time stands. */
  revoke(id: string, at: number): void {
    this.database.db
      .update(apiKeys)
      .set({ revokedAt: at })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .run();
  }
}

function toKey({ hash: _, ...key }: typeof apiKeys.$inferSelect): ApiKey {
  return key;
}
