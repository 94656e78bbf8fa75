import { vi } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/contracts/permissions";
import { createHandle, type RouteHandler } from "../create-handle";
import { defineRoute } from "../define-route";
import type { HttpHost, IdempotencyClaim, KeptReply } from "../host";

export const ray: Actor = {
  kind: "user",
  userId: "usr_1",
  name: "Ray",
  isServerAdmin: false,
  roles: { prj_1: "expert" },
};
export const agent: Actor = {
  kind: "key",
  keyId: "key_1",
  name: "agent-a",
  projectId: "prj_1",
  scopes: ["prompts:read"],
};

interface Setup {
  actor?: Actor | null;
  authorize?: HttpHost<object>["authorize"];
}

/** The door with a host in memory: who asks is `actor`, and what would be logged is kept. */
export function setup({ actor = ray, authorize = () => {} }: Setup = {}) {
  const kept = new Map<string, { hash: string; reply: KeptReply | null }>();
  const nameOf = (claim: IdempotencyClaim) => `${claim.actorId} ${claim.routeId} ${claim.key}`;
  const logged: unknown[] = [];
  const host: HttpHost<{ answer: number }> = {
    services: () => ({ answer: 42 }),
    resolveActor: async () => actor,
    authorize: vi.fn(authorize),
    idempotency: () => ({
      claim(claim) {
        const known = kept.get(nameOf(claim));
        if (!known) {
          kept.set(nameOf(claim), { hash: claim.requestHash, reply: null });
          return { status: "claimed" };
        }
        if (known.hash !== claim.requestHash) return { status: "mismatch" };
        return known.reply ? { status: "kept", reply: known.reply } : { status: "in-progress" };
      },
      keep: (claim, keptReply) => void kept.set(nameOf(claim), { hash: claim.requestHash, reply: keptReply }),
      release: (claim) => void kept.delete(nameOf(claim)),
    }),
    allowedOrigins: () => ["https://touchstone.example.com"],
    checksResponses: true,
    newRequestId: () => "req_1",
    refusalOf: () => null,
    logError: (error) => void logged.push(error),
  };
  return { handle: createHandle(host), host, logged };
}

/** Sends a request through a handler, and reads the answer. */
export async function call(
  handler: RouteHandler,
  init: RequestInit & { url?: string; params?: Record<string, string> } = {},
) {
  const { url = "http://localhost:3000/api/v1/things", params = {}, ...rest } = init;
  const request = new Request(url, { method: handler.route.method, ...rest });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { response, status: response.status, body: text === "" ? null : JSON.parse(text) };
}

export const thing = z.object({ id: z.string(), revision: z.number() });
export const readThing = defineRoute({
  id: "things.read",
  method: "GET",
  path: "/api/v1/projects/:project/things/:thing",
  summary: "A thing.",
  permission: "project:read",
  scope: "prompts:read",
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  response: thing,
});
export const makeThing = defineRoute({
  id: "things.make",
  method: "POST",
  path: "/api/v1/things",
  summary: "Makes one.",
  permission: "signed-in",
  body: z.object({ name: z.string().min(2, "two letters at least") }),
  response: thing,
  status: 201,
  idempotent: true,
});
export const editThing = defineRoute({
  id: "things.edit",
  method: "PATCH",
  path: "/api/v1/things/:thing",
  summary: "Edits one.",
  permission: "signed-in",
  body: z.object({ name: z.string() }),
  response: thing,
  ifMatch: "required",
});
