import "server-only";
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
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
    const row = this.database.db.select().from(projects).where(eq(projects.id, id)).all()[0];
    return row ? toProject(row) : null;
  }

  bySlug(slug: string): Project | null {
    const row = this.database.db.select().from(projects).where(eq(projects.slug, slug)).all()[0];
    return row ? toProject(row) : null;
  }

  /** Not archived, newest first; of the given ids, or all of them. */
  list(ids?: readonly string[]): Project[] {
    const among = ids === undefined ? undefined : inArray(projects.id, [...ids]);
    const filter = and(isNull(projects.archivedAt), among);
    return this.database.db
      .select()
      .from(projects)
      .where(filter)
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

function toProject({ archivedAt, updatedAt: _, ...row }: typeof projects.$inferSelect): Project {
  return { ...row, archived: archivedAt !== null };
}
