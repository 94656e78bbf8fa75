import "server-only";
import { and, desc, eq, getTableColumns, lte, type SQL } from "drizzle-orm";
import { alias as tableAlias } from "drizzle-orm/sqlite-core";
import type { AliasEventView } from "@/lib/contracts/prompts";
import type { Database } from "../client";
import { aliasEvents, aliases, promptVersions } from "../schema/prompts";
import { actorName, written } from "./common";

/** What an alias points at now. */
export interface Alias {
  promptId: string;
  alias: string;
  versionId: string;
  version: number;
  since: number;
}

/** The wire form, with the ids behind it. */
export type AliasEvent = AliasEventView & {
  promptId: string;
  fromVersionId: string | null;
  toVersionId: string;
  createdById: string;
};

export interface AliasMove {
  promptId: string;
  alias: string;
  /** Id of the version that the caller saw; null = it saw none. */
  expectedCurrent: string | null;
  toVersionId: string;
  event: {
    id: string;
    kind: AliasEventView["kind"];
    reason: string;
    reviewId: string | null;
    evidenceSentence: string | null;
    selfApproved: boolean;
    overridden: boolean;
    actorId: string;
    at: number;
  };
}

export type AliasMoved =
  | { status: "moved"; event: AliasEvent }
  /** Somebody else was faster; nothing was written. */
  | { status: "conflict"; current: Alias | null };

export class AliasesRepo {
  constructor(private readonly database: Database) {}

  get(promptId: string, alias: string): Alias | null {
    return this.select(and(eq(aliases.promptId, promptId), eq(aliases.alias, alias)))[0] ?? null;
  }

  /** By name. */
  list(promptId: string): Alias[] {
    return this.select(eq(aliases.promptId, promptId));
  }

  /** Compare and set, with its line in the history, in one transaction. */
  move({ promptId, alias, expectedCurrent, toVersionId, event }: AliasMove): AliasMoved {
    const { db, transaction } = this.database;
    return transaction(() => {
      const current = this.get(promptId, alias);
      if ((current?.versionId ?? null) !== expectedCurrent) return { status: "conflict", current };
      const { id, actorId, at, ...facts } = event;
      db.insert(aliases)
        .values({ promptId, alias, versionId: toVersionId, since: at, createdAt: at })
        .onConflictDoUpdate({
          target: [aliases.promptId, aliases.alias],
          set: { versionId: toVersionId, since: at },
        })
        .run();
      db.insert(aliasEvents)
        .values({
          id,
          promptId,
          alias,
          fromVersionId: expectedCurrent,
          toVersionId,
          ...facts,
          createdBy: actorId,
          createdAt: at,
        })
        .run();
      return { status: "moved", event: written(this.events(eq(aliasEvents.id, id))[0]) };
    });
  }

  /** One line of the history. */
  event(id: string): AliasEvent | null {
    return this.events(eq(aliasEvents.id, id))[0] ?? null;
  }

  /** Newest first; of one alias or of all. */
  history(promptId: string, alias?: string): AliasEvent[] {
    return this.events(
      and(eq(aliasEvents.promptId, promptId), alias === undefined ? undefined : eq(aliasEvents.alias, alias)),
    );
  }

  /** The event by which the alias pointed where it did at a moment; null when it did not exist yet. */
  at(promptId: string, alias: string, atMs: number): AliasEvent | null {
    const filter = and(
      eq(aliasEvents.promptId, promptId),
      eq(aliasEvents.alias, alias),
      lte(aliasEvents.createdAt, atMs),
    );
    return this.events(filter, 1)[0] ?? null;
  }

  private select(filter: SQL | undefined): Alias[] {
    const { promptId, alias, versionId, since } = aliases;
    return this.database.db
      .select({ promptId, alias, versionId, since, version: promptVersions.version })
      .from(aliases)
      .innerJoin(promptVersions, eq(promptVersions.id, aliases.versionId))
      .where(filter)
      .orderBy(alias)
      .all();
  }

  private events(filter: SQL | undefined, limit = -1): AliasEvent[] {
    const from = tableAlias(promptVersions, "from_version");
    const to = tableAlias(promptVersions, "to_version");
    return this.database.db
      .select({
        ...getTableColumns(aliasEvents),
        createdById: aliasEvents.createdBy,
        actor: actorName("alias_events", "created_by"),
        fromVersion: from.version,
        toVersion: to.version,
      })
      .from(aliasEvents)
      .leftJoin(from, eq(from.id, aliasEvents.fromVersionId))
      .innerJoin(to, eq(to.id, aliasEvents.toVersionId))
      .where(filter)
      .orderBy(desc(aliasEvents.createdAt), desc(aliasEvents.id))
      .limit(limit)
      .all()
      .map(({ createdBy: _, ...event }) => event);
  }
}
