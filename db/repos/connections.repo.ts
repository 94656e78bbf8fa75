import "server-only";
import { and, eq, getTableColumns, isNull } from "drizzle-orm";
import type { ConnectionView } from "@/lib/contracts/projects";
import type { Database } from "../client";
import { connectionGrants, connections } from "../schema/connections";
import { written } from "./common";

/** A connection with its sealed secrets: stays on the server. */
export interface Connection extends Omit<ConnectionView, "hasKey"> {
  sealedKey: string | null;
  /** Sealed JSON of extra headers, which may carry secrets too. */
  sealedHeaders: string | null;
  createdBy: string;
}

export type ConnectionChanges = Partial<
  Pick<
    Connection,
    "name" | "baseUrl" | "sealedKey" | "sealedHeaders" | "prices" | "maxConcurrency" | "timeoutMs"
  >
>;

export class ConnectionsRepo {
  constructor(private readonly database: Database) {}

  insert(connection: Connection): Connection {
    this.database.db
      .insert(connections)
      .values({ ...connection, updatedAt: connection.createdAt })
      .run();
    return written(this.byId(connection.id));
  }

  /** Archived ones too: old runs name them. */
  byId(id: string): Connection | null {
    const row = this.database.db.select().from(connections).where(eq(connections.id, id)).all()[0];
    return row ? toConnection(row) : null;
  }

  /** Of the whole server, oldest first, without archived ones. */
  list(): Connection[] {
    const isLive = isNull(connections.archivedAt);
    return this.database.db
      .select()
      .from(connections)
      .where(isLive)
      .orderBy(connections.createdAt)
      .all()
      .map(toConnection);
  }

  /** Those that a project may use. */
  listForProject(projectId: string): Connection[] {
    return this.database.db
      .select(getTableColumns(connections))
      .from(connections)
      .innerJoin(connectionGrants, eq(connectionGrants.connectionId, connections.id))
      .where(and(eq(connectionGrants.projectId, projectId), isNull(connections.archivedAt)))
      .orderBy(connections.createdAt)
      .all()
      .map(toConnection);
  }

  update(id: string, changes: ConnectionChanges, at: number): Connection | null {
    this.database.db
      .update(connections)
      .set({ ...changes, updatedAt: at })
      .where(eq(connections.id, id))
      .run();
    return this.byId(id);
  }

  /** It is offered no more, and its secrets are forgotten. */
  archive(id: string, at: number): void {
    const gone = { archivedAt: at, sealedKey: null, sealedHeaders: null, updatedAt: at };
    this.database.db.update(connections).set(gone).where(eq(connections.id, id)).run();
  }

  grant(connectionId: string, projectId: string, at: number): void {
    this.database.db
      .insert(connectionGrants)
      .values({ connectionId, projectId, createdAt: at })
      .onConflictDoNothing()
      .run();
  }

  revoke(connectionId: string, projectId: string): void {
    const key = and(
      eq(connectionGrants.connectionId, connectionId),
      eq(connectionGrants.projectId, projectId),
    );
    this.database.db.delete(connectionGrants).where(key).run();
  }

  isGranted(connectionId: string, projectId: string): boolean {
    const key = and(
      eq(connectionGrants.connectionId, connectionId),
      eq(connectionGrants.projectId, projectId),
    );
    return this.database.db.select().from(connectionGrants).where(key).all().length > 0;
  }
}

function toConnection({
  archivedAt: _,
  updatedAt: _updatedAt,
  ...row
}: typeof connections.$inferSelect): Connection {
  return row;
}
