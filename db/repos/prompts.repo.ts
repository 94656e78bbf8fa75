import "server-only";
import { and, desc, eq, getTableColumns, inArray, max } from "drizzle-orm";
import type { PromptVersionView } from "@/lib/contracts/prompts";
import type { Database } from "../client";
import { promptFetches, prompts, promptVersions } from "../schema/prompts";
import { actorName, written } from "./common";

export interface Prompt {
  id: string;
  projectId: string;
  name: string;
  createdAt: number;
}

/** The wire form, and who made it. */
export type PromptVersion = PromptVersionView & { createdById: string };

export type NewPromptVersion = Omit<PromptVersionView, "version" | "text" | "createdAt" | "createdBy"> & {
  actorId: string;
  at: number;
};

/** What a reader of an alias got last. */
export interface PromptFetch {
  alias: string;
  reader: string;
  versionId: string;
  firstAt: number;
  lastAt: number;
}

const columns = {
  ...getTableColumns(promptVersions),
  createdByName: actorName("prompt_versions", "created_by"),
};
type Row = typeof promptVersions.$inferSelect & { createdByName: string };

export class PromptsRepo {
  constructor(private readonly database: Database) {}

  /** Throws the database's unique error when the name is taken on this server; look with `byName` first. */
  insert(prompt: Prompt): Prompt {
    return written(this.database.db.insert(prompts).values(prompt).returning().all()[0]);
  }

  byId(id: string): Prompt | null {
    return this.database.db.select().from(prompts).where(eq(prompts.id, id)).all()[0] ?? null;
  }

  byName(name: string): Prompt | null {
    return this.database.db.select().from(prompts).where(eq(prompts.name, name)).all()[0] ?? null;
  }

  /** Of one project, or of all of them; by name. */
  list(projectId?: string): Prompt[] {
    const filter = projectId === undefined ? undefined : eq(prompts.projectId, projectId);
    return this.database.db.select().from(prompts).where(filter).orderBy(prompts.name).all();
  }

  /** The next number; or, when this prompt already has this content, the version that holds it. */
  addVersion({ actorId, at, ...version }: NewPromptVersion): PromptVersion {
    const { db, transaction } = this.database;
    return transaction(() => {
      const known = this.versionByHash(version.promptId, version.contentHash);
      if (known) return known;
      const ofPrompt = eq(promptVersions.promptId, version.promptId);
      const last = db
        .select({ last: max(promptVersions.version) })
        .from(promptVersions)
        .where(ofPrompt)
        .all()[0]?.last;
      db.insert(promptVersions)
        .values({ ...version, version: (last ?? 0) + 1, createdBy: actorId, createdAt: at })
        .run();
      return written(this.versionById(version.id));
    });
  }

  versionById(id: string): PromptVersion | null {
    const row = this.database.db
      .select(columns)
      .from(promptVersions)
      .where(eq(promptVersions.id, id))
      .all()[0];
    return row ? toVersion(row) : null;
  }

  versionsByIds(ids: readonly string[]): PromptVersion[] {
    return this.database.db
      .select(columns)
      .from(promptVersions)
      .where(inArray(promptVersions.id, [...ids]))
      .all()
      .map(toVersion);
  }

  versionByNumber(promptId: string, version: number): PromptVersion | null {
    const filter = and(eq(promptVersions.promptId, promptId), eq(promptVersions.version, version));
    const row = this.database.db.select(columns).from(promptVersions).where(filter).all()[0];
    return row ? toVersion(row) : null;
  }

  versionByHash(promptId: string, contentHash: string): PromptVersion | null {
    const filter = and(eq(promptVersions.promptId, promptId), eq(promptVersions.contentHash, contentHash));
    const row = this.database.db.select(columns).from(promptVersions).where(filter).all()[0];
    return row ? toVersion(row) : null;
  }

  /** Newest first. */
  versions(promptId: string): PromptVersion[] {
    const ofPrompt = eq(promptVersions.promptId, promptId);
    const newest = desc(promptVersions.version);
    return this.database.db
      .select(columns)
      .from(promptVersions)
      .where(ofPrompt)
      .orderBy(newest)
      .all()
      .map(toVersion);
  }

  latestVersion(promptId: string): PromptVersion | null {
    const ofPrompt = eq(promptVersions.promptId, promptId);
    const newest = desc(promptVersions.version);
    const row = this.database.db
      .select(columns)
      .from(promptVersions)
      .where(ofPrompt)
      .orderBy(newest)
      .limit(1)
      .all()[0];
    return row ? toVersion(row) : null;
  }

  /** Notes that `reader` got this version by this alias; the first time of each version is kept. */
  noteFetch(promptId: string, fetch: { alias: string; reader: string; versionId: string; at: number }): void {
    const { db, transaction } = this.database;
    const { alias, reader, versionId, at } = fetch;
    const key = and(
      eq(promptFetches.promptId, promptId),
      eq(promptFetches.alias, alias),
      eq(promptFetches.reader, reader),
    );
    transaction(() => {
      const known = db.select().from(promptFetches).where(key).all()[0];
      const firstAt = known?.versionId === versionId ? known.firstAt : at;
      db.insert(promptFetches)
        .values({ promptId, alias, reader, versionId, firstAt, lastAt: at, createdAt: at })
        .onConflictDoUpdate({
          target: [promptFetches.promptId, promptFetches.alias, promptFetches.reader],
          set: { versionId, firstAt, lastAt: at },
        })
        .run();
    });
  }

  /** Latest first. */
  fetches(promptId: string): PromptFetch[] {
    const { alias, reader, versionId, firstAt, lastAt } = promptFetches;
    return this.database.db
      .select({ alias, reader, versionId, firstAt, lastAt })
      .from(promptFetches)
      .where(eq(promptFetches.promptId, promptId))
      .orderBy(desc(lastAt))
      .all();
  }
}

function toVersion({ createdByName, createdBy, ...row }: Row): PromptVersion {
  // a part that is named in no layout would be lost in silence: the layout is the text
  const text = row.layout.map((name) => row.components[name] ?? "").join("\n\n");
  return { ...row, text, createdBy: createdByName, createdById: createdBy };
}
