import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Actor, permissions, roles } from "@/lib/contracts/permissions";
import { authorize } from "@/lib/services/authorize";
import { createHandle } from "./create-handle";
import { type AnyRoute, defineRoute, httpMethods } from "./define-route";
import type { HttpHost } from "./host";
import { buildOpenApi } from "./openapi";
import { routes } from "./registry";
import { buildRoleMatrix, personOnly } from "./role-matrix";

describe("registry", () => {
  it("ids, and method with path, are unique and well formed", () => {
    const ids = routes.map(({ id }) => id);
    const places = routes.map(({ method, path }) => `${method} ${path.replace(/:[A-Za-z]+/g, ":x")}`);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
    for (const route of routes) {
      expect(route.id).toMatch(/^[a-z-]+\.[a-z-]+$/);
      expect(route.path).toMatch(/^\/api\/(v1\/|openapi\.json$)/);
      expect(httpMethods).toContain(route.method);
      expect([...permissions, "public", "signed-in", "server-admin"]).toContain(route.permission);
      expect(route.summary).toMatch(/\.$/);
    }
  });

  it("no key gets where only people may: evidence, losses, approval, promotion, rollback, management", () => {
    const open = routes.filter(
      ({ permission, scope }) => scope !== null && (personOnly as readonly string[]).includes(permission),
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  });
});

describe("what is shown once", () => {
  /** Names under which an answer gives something that lets its holder in. */
  const SECRETS = /^(secret|link|token|password|apiKey)$/;

  const namesIn = (schema: unknown): string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const { properties } = schema as { properties?: object };
    const own = Object.entries(properties ?? {}).flatMap(([name, { type }]: [string, { type?: unknown }]) =>
      type === "string" ? [name] : [],
    );
    return [...own, ...Object.values(schema).flatMap(namesIn)];
  };

  it("every answer with a secret, and no other, is declared so: none is kept for repeats", () => {
    const revealing = routes.filter(
      ({ id, response }) =>
        // the token of a preview lets nobody in: it is a hash of what was shown
        id !== "erasures.preview" &&
        response &&
        namesIn(z.toJSONSchema(response, { unrepresentable: "any" })).some((name) => SECRETS.test(name)),
    );
    const declared = routes.filter(({ shownOnce }) => shownOnce);
    expect(declared.map(({ id }) => id).sort()).toEqual(revealing.map(({ id }) => id).sort());
    expect(declared.length).toBeGreaterThanOrEqual(5);
    expect(declared.filter(({ idempotent }) => idempotent)).toEqual([]);
  });
});

describe("role matrix", () => {
  const ownProject = "prj_1";
  const host = (actor: Actor | null): HttpHost<object> => ({
    services: () => ({}),
    resolveActor: async () => actor,
    authorize,
    idempotency: () => {
      throw new Error("no key is sent");
    },
    allowedOrigins: () => [],
    checksResponses: false,
    newRequestId: () => "req_1",
    refusalOf: () => null,
    logError: (error) => {
      throw error;
    },
  });

  /** Whether the use case would run: everything before it is the real code, input included only so far as needed. */
  async function enters(route: AnyRoute, actor: Actor | null): Promise<boolean> {
    let hasEntered = false;
    const bare: AnyRoute = {
      ...route,
      body: undefined,
      query: undefined,
      ifMatch: undefined,
      response: undefined,
      idempotent: false,
    };
    const handler = createHandle(host(actor))(bare, () => {
      hasEntered = true;
    });
    const params = Object.fromEntries(
      route.paramNames.map((name) => [name, name === "project" ? ownProject : "x"]),
    );
    await handler(new Request("http://localhost/x", { method: route.method }), {
      params: Promise.resolve(params),
    });
    return hasEntered;
  }

  it.each(buildRoleMatrix(routes).map((row) => [row.id, row] as const))(
    "%s: each cell is what the handler does",
    async (_id, row) => {
      const route = routes.find(({ id }) => id === row.id) as AnyRoute;
      expect(await enters(route, null)).toBe(row.anonymous === "yes");
      for (const role of roles) {
        const person: Actor = {
          kind: "user",
          userId: "u",
          name: "n",
          isServerAdmin: false,
          roles: { [ownProject]: role },
        };
        expect(await enters(route, person), role).toBe(row.byRole[role] === "yes");
      }
      expect(
        await enters(route, { kind: "user", userId: "u", name: "n", isServerAdmin: true, roles: {} }),
      ).toBe(true);
      const key = (scopes: typeof row.keyScopes): Actor => ({
        kind: "key",
        keyId: "k",
        name: "n",
        projectId: ownProject,
        scopes,
      });
      expect(await enters(route, key([])), "a key without scopes").toBe(row.permission === "public");
      for (const scope of row.keyScopes) expect(await enters(route, key([scope])), scope).toBe(true);
      const elsewhere: Actor = {
        kind: "user",
        userId: "u",
        name: "n",
        isServerAdmin: false,
        roles: { prj_2: "admin" },
      };
      const isOpen = row.permission === "public" || row.permission === "signed-in";
      if (route.paramNames.includes("project") && !isOpen)
        expect(await enters(route, elsewhere), "of another project").toBe(false);
    },
  );
});

describe("OpenAPI", () => {
  it("describes every route, with its parameters, body, scope and errors", () => {
    const thing = defineRoute({
      id: "things.edit",
      method: "PATCH",
      path: "/api/v1/projects/:project/things/:thing",
      summary: "Edits.",
      permission: "records:write",
      scope: "records:write",
      ifMatch: "required",
      idempotent: true,
      query: z.object({ limit: z.coerce.number().default(5), q: z.string() }),
      body: z.object({ name: z.string().min(2) }),
      response: z.object({ id: z.string() }),
    });
    const document = buildOpenApi({ routes: [thing as unknown as AnyRoute], version: "1" }) as {
      paths: Record<string, Record<string, never>>;
    };
    const operation = document.paths["/api/v1/projects/{project}/things/{thing}"]?.patch;
    expect(operation).toMatchObject({
      operationId: "things.edit",
      "x-permission": "records:write",
      security: [{ session: [] }, { key: ["records:write"] }],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: { name: { type: "string", minLength: 2 } },
              required: ["name"],
            },
          },
        },
      },
      responses: { 200: {}, 400: {}, 401: {}, 403: {}, 404: {}, 412: {}, 428: {} },
    });
    const parameters = (
      operation as unknown as { parameters: { name: string; in: string; required: boolean }[] }
    ).parameters;
    expect(parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
      ["project", "path", true],
      ["thing", "path", true],
      ["limit", "query", false],
      ["q", "query", true],
      ["If-Match", "header", true],
      ["Idempotency-Key", "header", false],
    ]);
  });

  it("can be made of the whole registry, and is plain JSON", () => {
    const document = buildOpenApi({ routes, version: "1" }) as { paths: Record<string, object> };
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    const described = Object.values(document.paths).reduce((sum, path) => sum + Object.keys(path).length, 0);
    expect(described).toBe(routes.length);
  });
});
