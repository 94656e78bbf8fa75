import "server-only";
import { and, asc, desc, eq, inArray, lte } from "drizzle-orm";
import type { Database } from "../client";
import { mlflowImports, mlflowItems, mlflowLinks, mlflowPushes } from "../schema/mlflow";
import { inBatches, written } from "./common";

/** The MLflow server of a project. */
export type MlflowLink = typeof mlflowLinks.$inferSelect;
/** What was taken over of a thing there. */
export type MlflowItem = typeof mlflowItems.$inferSelect;
export type MlflowImport = typeof mlflowImports.$inferSelect;
/** An entry of the outbox. */
export type MlflowPush = typeof mlflowPushes.$inferSelect;

export class MlflowRepo {
  constructor(private readonly database: Database) {}

  link(projectId: string): MlflowLink | null {
    const ofProject = eq(mlflowLinks.projectId, projectId);
    return this.database.db.select().from(mlflowLinks).where(ofProject).all()[0] ?? null;
  }

  /** Sets it up, or changes what is there. */
  saveLink(link: MlflowLink): MlflowLink {
    const { projectId, createdAt: _at, createdBy: _by, ...changes } = link;
    this.database.db
      .insert(mlflowLinks)
      .values(link)
      .onConflictDoUpdate({ target: mlflowLinks.projectId, set: changes })
      .run();
    return written(this.link(projectId));
  }

  /** Nothing more is read or written there; what was imported stays. */
  removeLink(projectId: string): void {
    this.database.transaction(() => {
      this.database.db.delete(mlflowLinks).where(eq(mlflowLinks.projectId, projectId)).run();
      const waiting = and(
        eq(mlflowPushes.projectId, projectId),
        inArray(mlflowPushes.state, ["waiting", "held"]),
      );
      this.database.db.update(mlflowPushes).set({ state: "given-up" }).where(waiting).run();
    });
  }

  /** By the id that it has there. */
  items(projectId: string, kind: MlflowItem["kind"], remoteIds: readonly string[]): Map<string, MlflowItem> {
    const found = inBatches(remoteIds).flatMap((batch) =>
      this.database.db
        .select()
        .from(mlflowItems)
        .where(
          and(
            eq(mlflowItems.projectId, projectId),
            eq(mlflowItems.kind, kind),
            inArray(mlflowItems.remoteId, batch),
          ),
        )
        .all(),
    );
    return new Map(found.map((item) => [item.remoteId, item]));
  }

  noteItem({ at, ...item }: Omit<MlflowItem, "createdAt" | "updatedAt"> & { at: number }): void {
    this.database.db
      .insert(mlflowItems)
      .values({ ...item, createdAt: at, updatedAt: at })
      .onConflictDoUpdate({
        target: [mlflowItems.projectId, mlflowItems.kind, mlflowItems.remoteId],
        set: { localId: item.localId, hash: item.hash, updatedAt: at },
      })
      .run();
  }

  insertImport(given: Pick<MlflowImport, "id" | "projectId" | "createdBy" | "createdAt">): void {
    this.database.db.insert(mlflowImports).values(given).run();
  }

  import(id: string): MlflowImport | null {
    return this.database.db.select().from(mlflowImports).where(eq(mlflowImports.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  imports(projectId: string, limit: number): MlflowImport[] {
    const ofProject = eq(mlflowImports.projectId, projectId);
    return this.database.db
      .select()
      .from(mlflowImports)
      .where(ofProject)
      .orderBy(desc(mlflowImports.createdAt), desc(mlflowImports.id))
      .limit(limit)
      .all();
  }

  changeImport(
    id: string,
    changes: Partial<Omit<MlflowImport, "id" | "projectId" | "createdBy" | "createdAt">>,
  ): void {
    this.database.db.update(mlflowImports).set(changes).where(eq(mlflowImports.id, id)).run();
  }

  addPush(push: Pick<MlflowPush, "id" | "projectId" | "aliasEventId" | "nextAt" | "createdAt">): void {
    this.database.db
      .insert(mlflowPushes)
      .values({ ...push, state: "waiting", steps: {} })
      .run();
  }

  push(id: string): MlflowPush | null {
    return this.database.db.select().from(mlflowPushes).where(eq(mlflowPushes.id, id)).all()[0] ?? null;
  }

  /** A move of an alias is written once. */
  pushOfEvent(aliasEventId: string): MlflowPush | null {
    const ofEvent = eq(mlflowPushes.aliasEventId, aliasEventId);
    return this.database.db.select().from(mlflowPushes).where(ofEvent).all()[0] ?? null;
  }

  changePush(id: string, changes: Partial<Omit<MlflowPush, "id" | "projectId" | "aliasEventId">>): void {
    this.database.db.update(mlflowPushes).set(changes).where(eq(mlflowPushes.id, id)).run();
  }

  /** Newest first. */
  pushes(projectId: string, limit: number): MlflowPush[] {
    const ofProject = eq(mlflowPushes.projectId, projectId);
    return this.database.db
      .select()
      .from(mlflowPushes)
      .where(ofProject)
      .orderBy(desc(mlflowPushes.createdAt), desc(mlflowPushes.id))
      .limit(limit)
      .all();
  }

  /** Waiting ones whose time has come, the longest waiting first. */
  duePushes(now: number, limit: number): MlflowPush[] {
    const isDue = and(eq(mlflowPushes.state, "waiting"), lte(mlflowPushes.nextAt, now));
    return this.database.db
      .select()
      .from(mlflowPushes)
      .where(isDue)
      .orderBy(asc(mlflowPushes.nextAt))
      .limit(limit)
      .all();
  }

  /** Nothing that waits is written any more. For a restored copy of the data. */
  giveUpWaiting(): number {
    return this.database.db
      .update(mlflowPushes)
      .set({ state: "given-up", lastError: "Given up when a copy of the data was restored." })
      .where(inArray(mlflowPushes.state, ["waiting", "held"]))
      .run().changes;
  }
}
