import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { defineRoute } from "./define-route";
import { created } from "./reply";
import { agent, call, makeThing, ray, readThing, setup, thing } from "./testing/things";

describe("who may", () => {
  it("asks for a sign-in, and lets everybody into a public route", async () => {
    const { handle, host } = setup({ actor: null });
    const refused = await call(
      handle(readThing, () => ({ id: "t", revision: 1 })),
      { params: { project: "p", thing: "t" } },
    );
    expect([refused.status, refused.body.code]).toEqual([401, "not-signed-in"]);
    expect(refused.response.headers.get("www-authenticate")).toContain("Bearer");
    const open = defineRoute({
      id: "things.open",
      method: "GET",
      path: "/api/v1/open",
      summary: "Open.",
      permission: "public",
      response: thing,
    });
    expect((await call(handle(open, ({ actor }) => ({ id: String(actor), revision: 1 })))).body.id).toBe(
      "null",
    );
    expect(host.authorize).not.toHaveBeenCalled();
  });

  it("a key needs the scope of the route, and gets nowhere without one", async () => {
    const { handle } = setup({ actor: agent });
    expect(
      (
        await call(
          handle(readThing, () => ({ id: "t", revision: 1 })),
          { params: { project: "prj_1", thing: "t" } },
        )
      ).status,
    ).toBe(200);
    const noKey = await call(
      handle(makeThing, () => created({ id: "t", revision: 1 })),
      { body: "{}" },
    );
    expect([noKey.status, noKey.body.code]).toEqual([403, "forbidden"]);
    const other = defineRoute({ ...readThing, id: "things.other", scope: "runs:read" });
    const lacking = await call(
      handle(other, () => ({ id: "t", revision: 1 })),
      { params: { project: "prj_1", thing: "t" } },
    );
    expect(lacking.body.detail).toContain("lacks the scope runs:read");
  });

  it("server-admin is for admins of the server", async () => {
    const admin = defineRoute({
      id: "things.admin",
      method: "GET",
      path: "/api/v1/admin",
      summary: "Admin.",
      permission: "server-admin",
      response: thing,
    });
    const outcome = async (actor: Actor) =>
      (await call(setup({ actor }).handle(admin, () => ({ id: "t", revision: 1 })))).status;
    expect(await outcome(ray)).toBe(403);
    expect(await outcome({ ...ray, isServerAdmin: true } as Actor)).toBe(200);
    expect(await outcome({ kind: "system", name: "cli" })).toBe(200);
  });

  it("does not run the use case when the project refuses", async () => {
    const { handle } = setup({
      authorize: () => {
        throw new AppError("not-found", "no such project");
      },
    });
    const useCase = vi.fn(() => ({ id: "t", revision: 1 }));
    expect(
      (await call(handle(readThing, useCase), { params: { project: "foreign", thing: "t" } })).status,
    ).toBe(404);
    expect(useCase).not.toHaveBeenCalled();
  });

  it.each([
    [{ "sec-fetch-site": "same-origin" }, 201],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ origin: "http://localhost:3000", host: "localhost:3000" }, 201],
    [{ origin: "http://evil.example", host: "localhost:3000" }, 403],
    [{ origin: "null", host: "localhost:3000" }, 403],
    [{ origin: "https://touchstone.example.com", host: "127.0.0.1:3000" }, 201],
    [{}, 201],
    [{ "sec-fetch-site": "cross-site", authorization: "Bearer tsk_x" }, 201],
  ])("a write with headers %j is answered %i", async (headers, status) => {
    const { handle } = setup();
    const handler = handle(makeThing, () => created({ id: "t1", revision: 1 }));
    expect(
      (await call(handler, { headers: headers as Record<string, string>, body: '{"name":"ab"}' })).status,
    ).toBe(status);
  });
});
