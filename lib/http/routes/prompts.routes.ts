import { z } from "zod";
import {
  aliasEventSchema,
  promptReadSchema,
  promptSchema,
  promptVersionSchema,
} from "@/lib/contracts/prompts";
import { defineRoute } from "../define-route";

export const listPrompts = defineRoute({
  id: "prompts.list",
  method: "GET",
  path: "/api/v1/projects/:project/prompts",
  summary: "Prompts of the project with aliases, versions and history.",
  permission: "project:read",
  scope: "prompts:read",
  response: z.object({ items: z.array(promptSchema) }),
});

export const createPrompt = defineRoute({
  id: "prompts.create",
  method: "POST",
  path: "/api/v1/projects/:project/prompts",
  summary: "A prompt with its first version.",
  permission: "runs:write",
  body: z.object({
    name: z.string(),
    components: z.record(z.string(), z.string().max(200_000)),
    layout: z.array(z.string()).min(1),
  }),
  response: promptSchema,
  status: 201,
  idempotent: true,
});

export const addPromptVersion = defineRoute({
  id: "prompts.add-version",
  method: "POST",
  path: "/api/v1/prompts/:ref/versions",
  summary: "A hand-written version. The same text is never registered twice. No alias moves.",
  permission: "runs:write",
  body: z.object({
    components: z.record(z.string(), z.string().max(200_000)),
    commitMessage: z.string().max(5_000).default(""),
  }),
  response: promptVersionSchema,
  status: 201,
});

export const readPrompt = defineRoute({
  id: "prompts.read",
  method: "GET",
  path: "/api/v1/prompts/:ref",
  summary: "What an agent fetches: `name@alias`, or `name` for the newest version. Strong ETag, 304.",
  permission: "project:read",
  scope: "prompts:read",
  response: promptReadSchema,
});

export const readPromptVersion = defineRoute({
  id: "prompts.read-version",
  method: "GET",
  path: "/api/v1/prompts/:ref/versions/:version",
  summary: "One immutable version; may be cached for ever.",
  permission: "project:read",
  scope: "prompts:read",
  response: promptReadSchema,
});

export const aliasHistory = defineRoute({
  id: "prompts.alias-history",
  method: "GET",
  path: "/api/v1/prompts/:ref/aliases/:alias/history",
  summary:
    "Append-only: who moved the alias, when, from, to, why, on what evidence. `at` asks what was live then.",
  permission: "project:read",
  scope: "prompts:read",
  query: z.object({ at: z.coerce.number().int().optional() }),
  response: z.object({ items: z.array(aliasEventSchema), liveAt: aliasEventSchema.nullable() }),
});

export const rollBack = defineRoute({
  id: "prompts.rollback",
  method: "POST",
  path: "/api/v1/prompts/:ref/aliases/:alias/rollback",
  summary: "Moves the alias back to a version it pointed at before, at once.",
  permission: "prompts:promote",
  body: z.object({
    toVersion: z.number().int(),
    expectedCurrent: z.number().int(),
    reason: z.string().trim().min(1).max(5_000),
  }),
  response: promptSchema,
});
