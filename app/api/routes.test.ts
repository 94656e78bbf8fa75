import { globSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RouteHandler } from "@/lib/http/create-handle";
import { httpMethods } from "@/lib/http/define-route";
import { routes } from "@/lib/http/registry";

const root = path.resolve(import.meta.dirname, "../..");
/** Outside the registry, each with its reason: their forms are not ours to choose. */
const exceptions = [
  "app/api/auth/", // the accounts' library
  "app/api/sandbox/", // plays a provider of models
  "app/api/2.0/", // MLflow's routes
];
const files = globSync("app/api/**/route.ts", { cwd: root }).map((file) => file.split(path.sep).join("/"));
const ours = files.filter((file) => !exceptions.some((exception) => file.startsWith(exception)));

/** `app/api/v1/projects/[project]/route.ts` → `/api/v1/projects/:project` */
function pathOf(file: string): string {
  const folder = path.posix.dirname(file).replace(/^app/, "");
  return folder.replace(/\/\([^)]*\)/g, "").replace(/\[(?:\.\.\.)?([^\]]+)\]/g, ":$1");
}

describe("app/api", () => {
  it("finds its own files", () => {
    expect(ours).toContain("app/api/v1/me/route.ts");
  });

  it.each(ours)("%s exports only handlers of registered routes, at their place", async (file) => {
    const module = (await import(path.join(root, file))) as Record<string, unknown>;
    const methods = Object.keys(module).filter((name) => (httpMethods as readonly string[]).includes(name));
    expect(methods, "exports a method").not.toEqual([]);
    for (const method of methods) {
      const { route } = module[method] as RouteHandler;
      expect(routes, `${method} is made by handle() of a registered route`).toContain(route);
      expect([route.method, route.path]).toEqual([method, pathOf(file)]);
    }
  });

  it("every registered route has its file", async () => {
    const served = new Set<string>();
    for (const file of ours) {
      const module = (await import(path.join(root, file))) as Record<string, unknown>;
      for (const method of Object.keys(module)) served.add(`${method} ${pathOf(file)}`);
    }
    expect(
      routes.map(({ method, path: place }) => `${method} ${place}`).filter((place) => !served.has(place)),
    ).toEqual([]);
  });
});
