import { reachSchema, saveReachInput, workersSchema } from "@/lib/contracts/server";
import { storageSchema } from "@/lib/contracts/storage";
import { defineRoute } from "../define-route";

export const readReach = defineRoute({
  id: "server.reach",
  method: "GET",
  path: "/api/v1/server/reach",
  summary: "Where this server answers, and from where people can reach it.",
  permission: "server-admin",
  response: reachSchema,
});

export const saveReach = defineRoute({
  id: "server.set-reach",
  method: "PUT",
  path: "/api/v1/server/reach",
  summary:
    "Makes the server reachable from its network, or from this computer only; takes effect at the next start.",
  permission: "server-admin",
  body: saveReachInput,
  response: reachSchema,
});

export const readWorkers = defineRoute({
  id: "server.workers",
  method: "GET",
  path: "/api/v1/server/workers",
  summary: "Who does rollouts: this process, or workers with a queue, and how it goes.",
  permission: "server-admin",
  response: workersSchema,
});

export const readStorage = defineRoute({
  id: "server.storage",
  method: "GET",
  path: "/api/v1/server/storage",
  summary:
    "How large the database is, table by table, what grows, free disk, and the age of the newest backup.",
  permission: "server-admin",
  response: storageSchema,
});

export const compactStorage = defineRoute({
  id: "server.compact",
  method: "POST",
  path: "/api/v1/server/storage/compact",
  summary: "Writes the database file anew, without empty pages. Nobody is answered meanwhile.",
  permission: "server-admin",
  response: storageSchema,
});
