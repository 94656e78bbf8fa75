import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { AppError, type AppErrorCode, appErrorCodes } from "@/lib/contracts/errors";
import { defineRoute } from "./define-route";
import { revisionOf } from "./guards";
import { httpStatus, type Problem } from "./problem";
import { created, reply, withRevision } from "./reply";
import { call, editThing, makeThing, ray, readThing, setup } from "./testing/things";

describe("input and output", () => {
  it("hands the use case what was parsed, and serialises what it gives back", async () => {
    const { handle, host } = setup();
    const handler = handle(readThing, ({ params, query, services, actor }) => {
      expect(params).toEqual({ project: "prj_1", thing: "t@1" });
      expect(query).toEqual({ limit: 7 });
      expect(services.answer).toBe(42);
      expect(actor.kind).toBe("user");
      return withRevision({ id: "t1", revision: 3 });
    });
    const { response, body } = await call(handler, {
      url: "http://localhost/x?limit=7",
      params: { project: "prj_1", thing: "t%401" },
    });
    expect(body).toEqual({ id: "t1", revision: 3 });
    expect(host.authorize).toHaveBeenCalledWith(ray, "project:read", "prj_1");
    expect(response.headers.get("etag")).toBe('"3"');
    expect(response.headers.get("x-request-id")).toBe("req_1");
    const again = await call(handler, {
      url: "http://localhost/x?limit=7",
      params: { project: "prj_1", thing: "t%401" },
      headers: { "if-none-match": 'W/"2", "3"' },
    });
    expect([again.status, again.body]).toEqual([304, null]);
  });

  it("says where the input is wrong, as problem+json", async () => {
    const { handle } = setup();
    const handler = handle(makeThing, () => created({ id: "t1", revision: 1 }));
    const bad = await call(handler, { body: JSON.stringify({ name: "x" }) });
    expect(bad.status).toBe(400);
    expect(bad.response.headers.get("content-type")).toBe("application/problem+json");
    expect(bad.body).toMatchObject({
      code: "invalid-input",
      status: 400,
      requestId: "req_1",
      errors: [{ path: "name", message: "two letters at least" }],
    } satisfies Partial<Problem>);
    expect((await call(handler, { body: "{" })).body.errors[0].message).toBe("not JSON");
    expect((await call(handler, {})).status).toBe(400);
    const query = await call(
      handle(readThing, () => ({ id: "t", revision: 1 })),
      { url: "http://localhost/x?limit=99", params: { project: "p", thing: "t" } },
    );
    expect(query.body.errors[0].path).toBe("query.limit");
  });

  it("refuses a body that is too large, declared or not", async () => {
    const small = defineRoute({ ...makeThing, id: "things.small", idempotent: false, bodyLimitBytes: 10 });
    const { handle } = setup();
    const handler = handle(small, () => created({ id: "t1", revision: 1 }));
    const stream = new Blob([JSON.stringify({ name: "a very long name" })]).stream();
    const streamed = await call(handler, { body: stream, duplex: "half" } as RequestInit);
    expect([streamed.status, streamed.body.code]).toEqual([413, "payload-too-large"]);
    expect((await call(handler, { body: JSON.stringify({ name: "a very long name" }) })).status).toBe(413);
  });

  it("gives the bytes of a raw body", async () => {
    const raw = defineRoute({
      id: "things.import",
      method: "POST",
      path: "/api/v1/things/import",
      summary: "Bytes.",
      permission: "signed-in",
      rawBody: true,
      response: z.object({ size: z.number() }),
    });
    const { handle } = setup();
    expect(
      (
        await call(
          handle(raw, ({ raw: bytes }) => ({ size: bytes.byteLength })),
          { body: "a,b\n1,2" },
        )
      ).body,
    ).toEqual({ size: 7 });
  });

  it("answers 204 without a body, and passes a response of its own through", async () => {
    const gone = defineRoute({
      id: "things.delete",
      method: "DELETE",
      path: "/api/v1/things/:thing",
      summary: "Gone.",
      permission: "signed-in",
    });
    const { handle } = setup();
    expect(
      (
        await call(
          handle(gone, () => {}),
          { params: { thing: "t" } },
        )
      ).status,
    ).toBe(204);
    const passed = await call(
      handle(gone, () => Response.redirect("http://localhost/elsewhere", 303)),
      { params: { thing: "t" } },
    );
    expect([passed.status, passed.response.headers.get("location")]).toEqual([
      303,
      "http://localhost/elsewhere",
    ]);
    const custom = await call(
      handle(readThing, () => reply({ id: "t", revision: 1 }, { headers: { link: "</x>" } })),
      { params: { project: "p", thing: "t" } },
    );
    expect(custom.response.headers.get("link")).toBe("</x>");
  });

  it("finds an answer that breaks its promise before a caller does", async () => {
    const { handle, logged } = setup();
    const broken = handle(readThing, () => ({ id: "t" }) as never);
    expect((await call(broken, { params: { project: "p", thing: "t" } })).status).toBe(500);
    expect(logged).toHaveLength(1);
  });
});

describe("edits, repeats and errors", () => {
  it("an edit names what it started from, and a conflict carries the current state", async () => {
    const { handle } = setup();
    const handler = handle(editThing, ({ ifMatch }) => {
      if (revisionOf(ifMatch) !== 2)
        throw new AppError("edit-conflict", "Someone was faster.", {
          extra: { current: { id: "t", revision: 2 } },
        });
      return withRevision({ id: "t", revision: 3 });
    });
    const init = { params: { thing: "t" }, body: '{"name":"ab"}' };
    expect((await call(handler, init)).status).toBe(428);
    expect(
      (await call(handler, { ...init, headers: { "if-match": '"2"' } })).response.headers.get("etag"),
    ).toBe('"3"');
    const late = await call(handler, { ...init, headers: { "if-match": '"1"' } });
    expect([late.status, late.body.extra.current.revision]).toEqual([412, 2]);
    expect((await call(handler, { ...init, headers: { "if-match": '"abc"' } })).status).toBe(400);
  });

  it("a repeated request with the same key is carried out once", async () => {
    const { handle } = setup();
    let made = 0;
    const handler = handle(makeThing, () => {
      made += 1;
      return created({ id: `t${made}`, revision: 1 }, "/api/v1/things/t1");
    });
    const send = (name: string, key = "k1") =>
      call(handler, { body: JSON.stringify({ name }), headers: { "idempotency-key": key } });
    const first = await send("ab");
    const second = await send("ab");
    expect([first.status, first.body.id, second.status, second.body.id, made]).toEqual([
      201,
      "t1",
      201,
      "t1",
      1,
    ]);
    expect(second.response.headers.get("idempotent-replay")).toBe("true");
    expect(second.response.headers.get("location")).toBe("/api/v1/things/t1");
    const other = await send("cd");
    expect([other.status, other.body.code]).toEqual([409, "idempotency-mismatch"]);
    expect((await send("ab", "k2")).body.id).toBe("t2");
    expect((await send("ab", "no spaces please")).status).toBe(400);
  });

  it("a failed request leaves its key free, and one at work does not run twice", async () => {
    const { handle } = setup();
    let failing = true;
    let release = () => {};
    const handler = handle(makeThing, async () => {
      if (failing) throw new AppError("conflict", "not now");
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return created({ id: "t1", revision: 1 });
    });
    const send = () => call(handler, { body: '{"name":"ab"}', headers: { "idempotency-key": "k" } });
    expect((await send()).status).toBe(409);
    failing = false;
    const slow = send();
    await vi.waitFor(async () => expect((await send()).body.detail).toContain("still at work"));
    release();
    expect((await slow).status).toBe(201);
  });

  it("every code of the domain has a status, and the answer carries it", async () => {
    const { handle } = setup();
    for (const code of appErrorCodes) {
      const handler = handle(readThing, () => {
        throw new AppError(code as AppErrorCode, "why", { extra: { retryAfterSeconds: 1.2 } });
      });
      const { status, body, response } = await call(handler, { params: { project: "p", thing: "t" } });
      expect([status, body.status, body.code]).toEqual([httpStatus[code], httpStatus[code], code]);
      expect(response.headers.get("retry-after")).toBe("2");
    }
  });

  it("a bug is logged with the request's id, and nothing of it is told", async () => {
    const { handle, logged } = setup();
    const handler = handle(readThing, () => {
      throw new Error("SELECT * FROM secrets");
    });
    const { status, body } = await call(handler, { params: { project: "p", thing: "t" } });
    expect([status, body.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toContain("secrets");
    expect(String(logged[0])).toContain("secrets");
  });
});
