import { z } from "zod";
import { connectionSchema, connectionTestSchema, saveConnectionInput } from "@/lib/contracts/projects";
import { defineRoute } from "../define-route";

export const listConnections = defineRoute({
  id: "connections.list",
  method: "GET",
  path: "/api/v1/connections",
  summary: "Connections to model endpoints, without their keys.",
  permission: "signed-in",
  response: z.object({ items: z.array(connectionSchema) }),
});

export const createConnection = defineRoute({
  id: "connections.create",
  method: "POST",
  path: "/api/v1/connections",
  summary: "Adds a connection: base URL and key of an OpenAI-compatible endpoint.",
  permission: "connections:manage",
  body: saveConnectionInput,
  response: connectionSchema,
  status: 201,
  idempotent: true,
});

export const updateConnection = defineRoute({
  id: "connections.update",
  method: "PATCH",
  path: "/api/v1/connections/:connection",
  summary: "Changes a connection. A key that is left out stays.",
  permission: "connections:manage",
  body: saveConnectionInput,
  response: connectionSchema,
});

export const testConnection = defineRoute({
  id: "connections.test",
  method: "POST",
  path: "/api/v1/connections/:connection/test",
  summary: "Tests a connection step by step and says in words what is wrong.",
  permission: "connections:manage",
  body: z.object({ model: z.string().max(200).nullable().default(null) }),
  response: connectionTestSchema,
});
