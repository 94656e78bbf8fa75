import "server-only";
import type { z } from "zod";
import type { Project } from "@/db/repos/projects.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Role } from "@/lib/contracts/permissions";
import type { DeletionPreview } from "@/lib/contracts/project-deletion";
import {
  type About,
  aboutSchema,
  type createProjectInput,
  type ProjectModels,
  type ProjectSettings,
  type ProjectView,
  projectSettingsSchema,
} from "@/lib/contracts/projects";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import { seedFootball } from "../sample/seed-football";
import type { ServiceDeps } from "../service-deps";
import { resumeAfterCap } from "../spend/spend.service";
import { isSimulated } from "../targets/current-target";
import { makeProject } from "./create-project";
import { SIMULATED_MODELS } from "./default-models";
import { previewDeletion } from "./deletion-preview";
import { deleteProject, duplicateProject } from "./project-life";
import type { Purge } from "./purge";

export type ProjectsService = ReturnType<typeof createProjectsService>;

export interface ProjectChanges {
  name?: string;
  about?: About;
  models?: ProjectModels;
  settings?: ProjectSettings;
  archived?: boolean;
}

export function createProjectsService(deps: ServiceDeps, purge: Purge) {
  const { repos, now } = deps;
  const view = (project: Project): ProjectView => ({ ...project, simulated: isSimulated(repos, project) });
  const mine = (actor: Actor): Project[] =>
    repos.projects.list().filter(({ id }) => can(actor, "project:read", id));

  return {
    list: (actor: Actor): ProjectView[] => mine(actor).map(view),

    get: (actor: Actor, projectId: string): ProjectView => {
      authorize(actor, "project:read", projectId);
      return view(found(repos.projects.byId(projectId)));
    },

    create: (actor: Actor, input: z.output<typeof createProjectInput>): ProjectView =>
      view(createProject(deps, actor, input)),

    /** The sample that this person has, or a new one. */
    openSample: (actor: Actor): ProjectView => {
      if (actor.kind === "key")
        throw new AppError("forbidden", "The sample is for people. Sign in to open it.");
      const there = mine(actor).find(({ isSample }) => isSample);
      return view(there ?? found(repos.projects.byId(seedFootball(deps, actor))));
    },

    update: (actor: Actor, projectId: string, changes: ProjectChanges): ProjectView => {
      authorize(actor, "project:manage", projectId);
      const updated = repos.transaction(() => {
        if (changes.models) grantConnections(deps, changes.models, projectId);
        // What a form does not know of stays as it is.
        const settings = changes.settings && {
          ...repos.projects.byId(projectId)?.settings,
          ...changes.settings,
        };
        const changed = settings ? { ...changes, settings } : changes;
        const project = found(repos.projects.update(projectId, changed, now()));
        audit(deps, actor, {
          projectId,
          action: "project-changed",
          subjectType: "project",
          subjectId: projectId,
          details: { changed: Object.keys(changes) },
        });
        return view(project);
      });
      if (changes.settings) resumeAfterCap(deps, projectId);
      return updated;
    },

    /** Projects of this person that are archived. */
    listArchived: (actor: Actor): ProjectView[] =>
      repos.projects
        .listArchived()
        .filter(({ id }) => can(actor, "project:read", id))
        .map(view),

    /** A project of its own with the same records, models and judge's question. */
    duplicate: (actor: Actor, projectId: string, name: string): ProjectView =>
      view(duplicateProject(deps, actor, found(repos.projects.byId(projectId)), name)),

    /** What would go with the project, what would stop, and who fetches its prompts. */
    previewRemoval: (actor: Actor, projectId: string): DeletionPreview => {
      authorize(actor, "project:manage", projectId);
      return previewDeletion(deps, found(repos.projects.byId(projectId)).id);
    },

    /** Deletes a project for good, once its name was typed. */
    remove: async (actor: Actor, projectId: string, typedName: string): Promise<void> => {
      authorize(actor, "project:manage", projectId);
      await deleteProject(deps, purge, actor, found(repos.projects.byId(projectId)), typedName);
    },

    /** The actor's role as the pages use it; a server admin counts as admin. */
    roleOf: (actor: Actor, projectId: string): Role => {
      if (actor.kind !== "user") return "viewer";
      return actor.roles[projectId] ?? (actor.isServerAdmin ? "admin" : "viewer");
    },
  };
}

function createProject(deps: ServiceDeps, actor: Actor, input: z.output<typeof createProjectInput>): Project {
  const { repos, now } = deps;
  if (actor.kind === "key") {
    const detail = "An API key belongs to one project and cannot start another. Sign in to start a project.";
    throw new AppError("forbidden", detail);
  }
  return repos.transaction(() => {
    const { project } = makeProject(deps, {
      name: input.name,
      about: input.about ?? aboutSchema.parse({}),
      models: SIMULATED_MODELS,
      settings: projectSettingsSchema.parse({}),
      isSample: false,
      startingPrompt: input.startingPrompt,
      actorId: actorId(actor),
    });
    if (actor.kind === "user") repos.members.setRole(project.id, actor.userId, "admin", now());
    const act = {
      projectId: project.id,
      subjectType: "project",
      subjectId: project.id,
    };
    audit(deps, actor, { ...act, action: "project-created" });
    return project;
  });
}

function grantConnections(
  { repos, now }: Pick<ServiceDeps, "repos" | "now">,
  { task, judge, reflection, embedding }: ProjectModels,
  projectId: string,
): void {
  for (const assignment of [task, judge, reflection, embedding]) {
    if (!assignment) continue;
    if (!repos.connections.byId(assignment.connectionId)) {
      const detail =
        "One of the chosen connections does not exist any more. Nothing was changed; choose another one.";
      throw new AppError("no-connection", detail);
    }
    repos.connections.grant(assignment.connectionId, projectId, now());
  }
}

function found<Value>(value: Value | null): Value {
  if (value === null)
    throw new AppError("not-found", "There is no such project, or you are not a member of it.");
  return value;
}
