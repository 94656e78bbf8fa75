import { z } from "zod";
import { homeSchema, overviewSchema } from "@/lib/contracts/overview";
import { deletionPreviewSchema } from "@/lib/contracts/project-deletion";
import {
  aboutSchema,
  createProjectInput,
  projectModelsSchema,
  projectSchema,
  projectSettingsSchema,
} from "@/lib/contracts/projects";
import { defineRoute } from "../define-route";

export const listProjects = defineRoute({
  id: "projects.list",
  method: "GET",
  path: "/api/v1/projects",
  summary: "Projects that the caller is a member of.",
  permission: "signed-in",
  response: z.object({ items: z.array(projectSchema) }),
});

export const createProject = defineRoute({
  id: "projects.create",
  method: "POST",
  path: "/api/v1/projects",
  summary: "Starts a project; its creator becomes its admin.",
  permission: "signed-in",
  body: createProjectInput,
  response: projectSchema,
  status: 201,
  idempotent: true,
});

export const openSample = defineRoute({
  id: "projects.sample",
  method: "POST",
  path: "/api/v1/projects/sample",
  summary: "Makes the football sample (or gives the one that is there).",
  permission: "signed-in",
  response: projectSchema,
  idempotent: true,
});

export const getHome = defineRoute({
  id: "projects.home",
  method: "GET",
  path: "/api/v1/home",
  summary: "What waits for the caller in all projects.",
  permission: "signed-in",
  response: homeSchema,
});

export const getProject = defineRoute({
  id: "projects.get",
  method: "GET",
  path: "/api/v1/projects/:project",
  summary: "One project with its About card, models and settings.",
  permission: "project:read",
  response: projectSchema,
});

export const updateProject = defineRoute({
  id: "projects.update",
  method: "PATCH",
  path: "/api/v1/projects/:project",
  summary: "Changes name, About card, models by role, or settings.",
  permission: "project:manage",
  body: z.object({
    name: z.string().trim().min(1).max(120).optional(),
    about: aboutSchema.optional(),
    models: projectModelsSchema.optional(),
    settings: projectSettingsSchema.optional(),
    /** Out of the way, with everything in it; it can be brought back. */
    archived: z.boolean().optional(),
  }),
  response: projectSchema,
});

export const duplicateProject = defineRoute({
  id: "projects.duplicate",
  method: "POST",
  path: "/api/v1/projects/:project/duplicate",
  summary:
    "A project of its own with the same records, models and judge's question; labels stay where they are.",
  permission: "project:manage",
  body: z.object({ name: z.string().trim().min(1).max(120) }),
  response: projectSchema,
  status: 201,
  idempotent: true,
});

export const previewDeletion = defineRoute({
  id: "projects.deletion",
  method: "GET",
  path: "/api/v1/projects/:project/deletion",
  summary: "What would be deleted with the project, which work would end, and who fetches its prompts.",
  permission: "project:manage",
  response: deletionPreviewSchema,
});

export const deleteProject = defineRoute({
  id: "projects.delete",
  method: "POST",
  path: "/api/v1/projects/:project/delete",
  summary:
    "Deletes the project for good: it is gone for everybody at once, its keys end, its work stops, and all that belongs to it is deleted in the background. Its name has to be typed.",
  permission: "project:manage",
  body: z.object({ name: z.string().max(200) }),
});

export const getOverview = defineRoute({
  id: "projects.overview",
  method: "GET",
  path: "/api/v1/projects/:project/overview",
  summary: "Where the project stands, and the caller's next action.",
  permission: "project:read",
  response: overviewSchema,
});
