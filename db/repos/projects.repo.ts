import "server-only";
import { and, desc, eq, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { About, ProjectModels, ProjectSettings } from "@/lib/contracts/projects";
import type { Database } from "../client";
import { projects } from "../schema/projects";
import { written } from "./common";

export interface Project {
  id: string;
  name: string;
  slug: string;
  about: About;
  models: ProjectModels;
  settings: ProjectSettings;
  isSample: boolean;
  archived: boolean;
  createdAt: number;
}

export type NewProject = Omit<Project, "archived">;
export type ProjectChanges = Partial<Pick<Project, "name" | "about" | "models" | "settings" | "archived">>;

export class ProjectsRepo {
  constructor(private readonly database: Database) {}

  insert(project: NewProject): Project {
    this.database.db
      .insert(projects)
      .values({ ...project, updatedAt: project.createdAt })
      .run();
    return written(this.byId(project.id));
  }

  byId(id: string): Project | null {
    const there = and(eq(projects.id, id), isNull(projects.deletedAt));
    const row = this.database.db.select().from(projects).where(there).all()[0];
    return row ? toProject(row) : null;
  }

  /** Also of a deleted project, while it is being removed. */
  bySlug(slug: string): Project | null {
    const row = this.database.db.select().from(projects).where(eq(projects.slug, slug)).all()[0];
    return row ? toProject(row) : null;
  }

  /** Not archived, newest first; of the given ids, or all of them. */
  list(ids?: readonly string[]): Project[] {
    const among = ids === undefined ? undefined : inArray(projects.id, [...ids]);
    return this.select(and(isNull(projects.archivedAt), among));
  }

  /** Those that are archived, newest first. */
  listArchived(): Project[] {
    return this.select(isNotNull(projects.archivedAt));
  }

  /** Nobody sees the project any more; its rows stay, for history is never overwritten. */
  markDeleted(id: string, at: number): void {
    this.database.db.update(projects).set({ deletedAt: at }).where(eq(projects.id, id)).run();
  }

  private select(filter: SQL | undefined): Project[] {
    return this.database.db
      .select()
      .from(projects)
      .where(and(isNull(projects.deletedAt), filter))
      .orderBy(desc(projects.createdAt))
      .all()
      .map(toProject);
  }

  /** Null when there is no such project. */
  update(id: string, { archived, ...changes }: ProjectChanges, at: number): Project | null {
    const archivedAt = archived === undefined ? {} : { archivedAt: archived ? at : null };
    this.database.db
      .update(projects)
      .set({ ...changes, ...archivedAt, updatedAt: at })
      .where(eq(projects.id, id))
      .run();
    return this.byId(id);
  }
}

function toProject({
  archivedAt,
  deletedAt: _d,
  updatedAt: _u,
  ...row
}: typeof projects.$inferSelect): Project {
  return { ...row, archived: archivedAt !== null };
}
