import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import nodePath from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RouteHandler } from "@/lib/http/create-handle";
import type { AnyRoute } from "@/lib/http/define-route";
import { routes } from "@/lib/http/registry";
import { createTestServices, type TestServices } from "@/lib/services/testing/test-services";
import { singleton } from "@/lib/util/singleton";

// Whatever an answer shows once, an API key, the secret of a webhook, a link that lets somebody in: it must not lie in
// the file afterwards, also when the client sent an Idempotency-Key for which answers are kept.

const root = nodePath.resolve(import.meta.dirname, "../..");
const HOST = "127.0.0.1:3000";
let folder: string;
let server: TestServices;
let project: string;
let cookie: string;

beforeAll(async () => {
  folder = mkdtempSync(nodePath.join(tmpdir(), "shown-once-"));
  server = createTestServices({}, { databaseFile: nodePath.join(folder, "touchstone.db") });
  singleton("container", () => server);
  project = server.services.projects.openSample(server.actor).id;
  const cookies = await server.services.auth.signInAs(server.actor.userId, new Headers({ host: HOST }));
  cookie = cookies
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const bodies = (): Record<string, object> => ({
  "keys.create": { name: "k", scopes: ["prompts:read"], expiresAt: null },
  "webhooks.create": { url: "https://hooks.example.org/", events: ["prompt.promoted"] },
  "invitations.create": { role: "viewer", email: null },
  "personal-links.create": {
    queueId: server.services.queues.list(server.actor, project)[0]?.id,
    userId: null,
    name: "Nurse Kim",
  },
});

async function send(route: AnyRoute): Promise<Response> {
  const params: Record<string, string> = { project, account: server.actor.userId };
  const path = route.path.replace(/:([a-z]+)/g, (_, name: string) => params[name] ?? "");
  const module = (await import(
    nodePath.join(root, "app", route.path.replace(/:([a-z]+)/g, "[$1]"), "route.ts")
  )) as Record<string, RouteHandler>;
  const body = bodies()[route.id];
  return (module[route.method] as RouteHandler)(
    new Request(`http://${HOST}${path}`, {
      method: route.method,
      headers: {
        host: HOST,
        origin: `http://${HOST}`,
        "content-type": "application/json",
        "idempotency-key": `once-${route.id}`,
        cookie,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
    { params: Promise.resolve(params) },
  );
}

/** The part of an answer that lets its holder in. */
function secretIn(answer: { secret?: string; link?: string }): string {
  return answer.secret ?? new URL(answer.link ?? "").searchParams.get("token") ?? "";
}

const filesHold = (words: string): string[] =>
  readdirSync(folder).filter((name) => readFileSync(nodePath.join(folder, name)).includes(words));

it.each(routes.filter(({ shownOnce }) => shownOnce).map((route) => [route.id, route] as const))(
  "%s: its secret is in no file afterwards; a repeat makes nothing and says why it cannot show it again",
  async (_, route) => {
    const first = await send(route);
    expect(first.status).toBe(201);
    expect(first.headers.get("cache-control")).toContain("no-store");
    const secret = secretIn(await first.json());
    expect(secret.length).toBeGreaterThanOrEqual(20);
    expect(filesHold(`once-${route.id}`), "the request was noted").not.toEqual([]);
    expect(filesHold(secret)).toEqual([]);
    const acts = server.deps.repos.audit.list(null, { limit: 1_000 }).length;
    const again = await send(route);
    expect([again.status, (await again.json()).code]).toEqual([409, "conflict"]);
    expect(server.deps.repos.audit.list(null, { limit: 1_000 })).toHaveLength(acts);
  },
);
