import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHandle } from "@/lib/http/create-handle";
import { defineRoute } from "@/lib/http/define-route";
import { created } from "@/lib/http/reply";
import { readMe } from "@/lib/http/routes/accounts.routes";
import { createKey, listKeys } from "@/lib/http/routes/keys.routes";
import { createShutdownHub } from "@/lib/streaming/shutdown-hub";
import { createHttpHost } from "./http-host";
import { renderMetrics } from "./metrics";
import { createRequestTimes } from "./request-times";
import { createTestServices, type TestServices } from "./testing/test-services";

let test: TestServices;
beforeEach(() => {
  test = createTestServices({ TOUCHSTONE_URL: "https://touchstone.example.com" });
});
afterEach(() => test.close());

const handlers = () => {
  const handle = createHandle(createHttpHost(() => test));
  // as a route whose answer may be kept: that of the real one is shown once
  const once = defineRoute({
    ...createKey,
    id: "keys.once",
    path: "/api/v1/projects/:project/keys",
    idempotent: true,
    shownOnce: false,
    permission: "public",
  });
  return {
    me: handle(readMe, ({ actor, services }) => services.auth.me(actor)),
    list: handle(listKeys, ({ actor, params, services }) => ({
      items: services.keys.list(actor, params.project),
    })),
    once: handle(once, ({ params, body, services }) =>
      created(services.keys.create(test.actor, params.project, body)),
    ),
  };
};

/** A project row is all that keys need. */
function addProject(): string {
  const id = test.deps.newId("prj");
  const task = { connectionId: "con_1", model: "m", settings: {} };
  test.deps.repos.projects.insert({
    id,
    name: "P",
    slug: id,
    about: { v: 1, purpose: "", reliedOnBy: "", outOfScope: "", dataKinds: "", owner: "" },
    models: { v: 1, task, judge: task, reflection: task, embedding: null },
    settings: { v: 1, selfApproval: true, approvalQuorum: 1, verdictAtOnce: false, blockPersonalData: false },
    isSample: false,
    createdAt: test.deps.now(),
  });
  return id;
}

const send = (handler: ReturnType<typeof handlers>["me"], init: RequestInit = {}, params = {}) =>
  handler(new Request("http://127.0.0.1:3000/api/v1/x", { method: handler.route.method, ...init }), {
    params: Promise.resolve(params),
  });

describe("the host of lib/http, over the real services", () => {
  it("knows a key by its bearer token, and holds it to its project and scopes", async () => {
    const project = addProject();
    const { secret } = test.services.keys.create(test.actor, project, {
      name: "agent-a",
      scopes: ["prompts:read"],
      expiresAt: null,
    });
    const headers = { authorization: `Bearer ${secret}` };
    const { me, list } = handlers();
    expect(await (await send(me, { headers })).json()).toMatchObject({
      kind: "key",
      name: "agent-a",
      scopes: ["prompts:read"],
    });
    expect((await send(list, { headers }, { project })).status).toBe(403);
    expect((await send(me)).status).toBe(401);
    expect((await send(me, { headers: { authorization: "Bearer tsk_no" } })).status).toBe(401);
  });

  it("answers a repeated write from what it kept, in the database", async () => {
    const project = addProject();
    const { once } = handlers();
    const make = (name: string) =>
      send(
        once,
        { headers: { "idempotency-key": "k1" }, body: JSON.stringify({ name, scopes: ["runs:read"] }) },
        { project },
      );
    const first = await make("a");
    const again = await make("a");
    expect([first.status, again.status, again.headers.get("idempotent-replay")]).toEqual([201, 201, "true"]);
    expect(await again.json()).toEqual(await first.json());
    expect(test.services.keys.list(test.actor, project)).toHaveLength(1);
    expect((await make("b")).status).toBe(409);
    expect((await make("bad")).status).toBe(409);
  });

  it("takes writes from its public address, and from no other site", async () => {
    const project = addProject();
    const { once } = handlers();
    const from = async (origin: string) =>
      (
        await send(
          once,
          { headers: { origin, host: "127.0.0.1:3000" }, body: '{"name":"a","scopes":["runs:read"]}' },
          { project },
        )
      ).status;
    expect([await from("https://touchstone.example.com"), await from("https://evil.example")]).toEqual([
      201, 403,
    ]);
  });
});

it("metrics are numbers in the text form of Prometheus", () => {
  const { repos } = test.deps;
  repos.jobs.enqueue({
    id: "job_1",
    kind: "import",
    projectId: null,
    subjectId: "x",
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 0,
    actorId: "system",
    at: 1,
  });
  const hub = createShutdownHub();
  hub.add(() => {});
  const times = createRequestTimes();
  times.note({ method: "POST", url: "/api/v1/labels", status: 201, durationMs: 30 });
  const text = renderMetrics(test.deps, hub, { times, openCount: () => 2 });
  expect(text).toContain('touchstone_jobs{kind="import",state="queued"} 1');
  expect(text).toContain("touchstone_event_streams 1\n");
  expect(text).toContain("touchstone_model_calls_limit 64");
  const labels = 'method="POST",route="/api/v1/labels",status="2xx"';
  const name = "touchstone_http_request_duration_seconds";
  expect(text).toContain(`${name}_bucket{${labels},le="0.025"} 0\n`);
  expect(text).toContain(`${name}_bucket{${labels},le="0.05"} 1\n`);
  expect(text).toContain(`${name}_bucket{${labels},le="+Inf"} 1\n`);
  expect(text).toContain(`${name}_sum{${labels}} 0.03\n`);
  expect(text).toContain("touchstone_http_requests_open 2\n");
  expect(text).toMatch(/^nodejs_eventloop_delay_seconds\{quantile="0.99"\} [0-9.]+$/m);
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[^}]*\})? [0-9.e+-]+)$/);
});
