import { globSync, readFileSync } from "node:fs";
import nodePath from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, apiScopes, type Role, roles } from "@/lib/contracts/permissions";
import { startRunInput } from "@/lib/contracts/runs";
import type { RouteHandler } from "@/lib/http/create-handle";
import type { AnyRoute } from "@/lib/http/define-route";
import { routes } from "@/lib/http/registry";
import { buildRoleMatrix } from "@/lib/http/role-matrix";
import { createTestServices, type TestServices } from "@/lib/services/testing/test-services";
import { singleton } from "@/lib/util/singleton";
import { sampleOf } from "@/test/sample-of-schema";

// Every route × every caller, through the real handlers and services, on real objects of a project that is the
// caller's or is not. `registry.test.ts` shows the door alone; here the services behind it are shown too.

const root = nodePath.resolve(import.meta.dirname, "../..");
const HOST = "127.0.0.1:3000";
let server: TestServices;
/** What stands for each parameter of a path: things of the project that the callers of this test do not belong to. */
let things: Record<string, string>;
/** Sessions and keys by name. */
let callers: Record<string, Record<string, string>>;
const handlers = new Map<string, RouteHandler>();

/** Bodies that a schema's smallest value is not enough for; ids are of the same project as the path. */
const bodies = (): Record<string, unknown> => ({
  "records.create": { inputs: { messages: [{ role: "user", content: "x" }] }, expectations: {} },
  "personal-links.create": { queueId: things.queue, userId: null, name: "Kim" },
  "labels.commit": { traceId: things.trace, judgeId: things.judge, queueId: things.queue, value: 3 },
  "runs.start": runBody(),
  "runs.preflight": runBody(),
  "erasures.preview": { kind: "record", recordId: things.record },
  "erasures.create": { target: { kind: "record", recordId: things.record }, token: "t" },
  "reviews.create": { promptId: things.promptId, components: { system: "x" } },
  "traces.send": { project: things.project, traces: [{ recordId: things.record, output: "x" }] },
});
const runBody = () => ({
  promptVersionId: things.promptVersion,
  judges: [{ judgeVersionId: things.judgeVersion, weight: 1 }],
});

beforeAll(async () => {
  server = createTestServices();
  singleton("container", () => server);
  for (const file of globSync("app/api/**/route.ts", { cwd: root })) {
    const module = (await import(nodePath.join(root, file))) as Record<string, RouteHandler>;
    for (const handler of Object.values(module)) if (handler.route) handlers.set(handler.route.id, handler);
  }
  things = await makeThings();
  callers = await makeCallers();
}, 120_000);
afterAll(() => server.close());

async function makeThings(): Promise<Record<string, string>> {
  const { services, actor, deps } = server;
  const project = services.projects.openSample(actor).id;
  await server.idle();
  const [queue] = services.queues.list(actor, project);
  const judge = queue?.judgeId ?? "";
  const item = services.queues.next(actor, queue?.id ?? "", { after: null, not: [] });
  const label = deps.repos.labels.list(project, {})[0];
  const [prompt] = deps.repos.prompts.list(project);
  const version = deps.repos.prompts.versions(prompt?.id ?? "")[0];
  const judgeVersion = deps.repos.judges.inUse(judge) ?? deps.repos.judges.draft(judge);
  const alignment = services.alignments.start(actor, judge);
  await server.idle();
  const judges = [{ judgeVersionId: judgeVersion?.id ?? "", weight: 1 }];
  const input = startRunInput.parse({ promptVersionId: version?.id, judges, maxMetricCalls: 20 });
  const run = services.runs.start(actor, project, { ...input, reason: "a test" } as never);
  await server.idle();
  const review = services.reviews.create(actor, project, {
    promptId: prompt?.id ?? "",
    components: { system: "Answer in one sentence." },
  });
  const link = services.personalLinks.create(actor, project, {
    queueId: queue?.id ?? "",
    userId: null,
    name: "Nurse Kim",
  });
  const { invitation } = await services.invitations.invite(actor, project, { role: "viewer", email: null });
  const { key } = services.keys.create(actor, project, {
    name: "k",
    scopes: ["prompts:read"],
    expiresAt: null,
  });
  const webhook = services.webhooks.create(actor, project, {
    url: "https://hooks.example.org/",
    events: ["prompt.promoted"],
  } as never);
  services.mlflow.save(actor, project, {
    url: "http://127.0.0.1:9",
    experiment: "x",
    username: null,
    writesOnPromote: false,
  });
  const intake = services.mlflow.startImport(actor, project);
  const upload = new TextEncoder().encode('{"inputs": {"question": "Why?"}}\n');
  const preview = services.imports.preview(actor, project, upload);
  const check = services.judgeChecks.start(actor, judge, {
    kind: "noise",
    versionId: judgeVersion?.id ?? "",
    otherVersionId: null,
    changes: null,
    traceIds: [services.judgeChecks.answers(actor, judge).items[0]?.traceId ?? ""],
    readings: 2,
  });
  await server.idle();
  const candidate = services.runs.get(actor, run.id).view.candidates[0]?.candidateId ?? "0";
  return {
    project,
    queue: queue?.id ?? "",
    judge,
    record: item?.recordId ?? "",
    item: item?.itemId ?? "",
    trace: item?.traceId ?? "",
    label: label?.id ?? "",
    promptId: prompt?.id ?? "",
    ref: prompt?.name ?? "",
    alias: "production",
    promptVersion: version?.id ?? "",
    judgeVersion: judgeVersion?.id ?? "",
    version: "1",
    revision: "1",
    alignment: alignment.id,
    run: run.id,
    candidate,
    other: run.id,
    call: services.runs.calls(actor, run.id, candidate)[0]?.id ?? "",
    judgeCheck: check.id,
    review: review.id,
    evaluation: deps.repos.evaluations.list(project)[0]?.id ?? "",
    connection: deps.repos.connections.list()[0]?.id ?? "",
    import: (await preview).importId,
    invitation: invitation.id,
    key: key.id,
    link: link.personalLink.id,
    personalLink: link.link,
    user: link.personalLink.userId,
    account: actor.userId,
    session: deps.repos.sessions.listOf(actor.userId, Date.now())[0]?.id ?? "ses_none",
    action: "pause",
    webhook: webhook.webhook.id,
    intake: intake.id,
    push: "mlo_none",
    // ids of what a test cannot easily make: refusals do not depend on there being such a thing
    delivery: "dlv_none",
    check: "abc_none",
    change: "std_none",
    act: "act_none",
  };
}

async function makeCallers(): Promise<Record<string, Record<string, string>>> {
  const { services, actor, person } = server;
  const elsewhere = services.projects.create(actor, { name: "Elsewhere", startingPrompt: "" }).id;
  const made: Record<string, Record<string, string>> = { anonymous: {} };
  for (const role of roles) {
    made[`${role} elsewhere`] = await sessionOf(person(`${role} elsewhere`, elsewhere, role));
    made[`${role} here`] = await sessionOf(person(`${role} here`, things.project ?? "", role));
  }
  const all = [...apiScopes];
  const { secret } = services.keys.create(actor, elsewhere, { name: "all", scopes: all, expiresAt: null });
  made["key elsewhere"] = { authorization: `Bearer ${secret}` };
  const token = new URL(things.personalLink ?? "").searchParams.get("token") ?? "";
  made.confined = cookieOf((await services.personalLinks.open(token, headersOf({}), false)).cookies);
  return made;
}

async function sessionOf(person: Extract<Actor, { kind: "user" }>): Promise<Record<string, string>> {
  return cookieOf(await server.services.auth.signInAs(person.userId, headersOf({})));
}
function cookieOf(cookies: Headers): Record<string, string> {
  return {
    cookie: cookies
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; "),
  };
}
function headersOf(extra: Record<string, string>): Headers {
  return new Headers({ host: HOST, origin: `http://${HOST}`, "content-type": "application/json", ...extra });
}

/** A request that is right in every part but, perhaps, who sends it. */
async function statusOf(route: AnyRoute, caller: string): Promise<number> {
  const params = Object.fromEntries(route.paramNames.map((name) => [name, thingFor(name, route)]));
  const query = new URLSearchParams(
    route.id === "events.stream" ? { topic: `run:${things.run}` } : requiredQuery(route),
  );
  const filled = route.path.replace(/:([a-z]+)/g, (_, name: string) => params[name] ?? "");
  const body = bodies()[route.id] ?? (route.body ? sampleOf(route.body) : undefined);
  const response = await (handlers.get(route.id) as RouteHandler)(
    new Request(`http://${HOST}${filled}?${query}`, {
      method: route.method,
      headers: headersOf({ "if-match": '"1"', ...callers[caller] }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve(params) },
  );
  await response.body?.cancel();
  return response.status;
}
const JUDGE_THINGS: Readonly<Record<string, string>> = { version: "judgeVersion", check: "judgeCheck" };
function thingFor(name: string, { paramNames, path }: AnyRoute): string {
  // versions of a judge go by their id, those of a prompt by their number; a judge is checked, and so are blind sheets
  const isOfJudge = paramNames.includes("judge") || path.includes("judge-checks");
  const value = things[isOfJudge ? (JUDGE_THINGS[name] ?? name) : name];
  if (!value) throw new Error(`a route has the parameter :${name}; say in makeThings what stands for it`);
  return value;
}
function requiredQuery(route: AnyRoute): Record<string, string> {
  const sample = route.query ? (sampleOf(route.query) as Record<string, unknown>) : {};
  const { judge = "", judgeVersion = "" } = things;
  const known: Record<string, string> = { judge, before: judgeVersion, after: judgeVersion };
  return Object.fromEntries(
    Object.entries(sample).map(([name, value]) => [name, known[name] ?? String(value)]),
  );
}

const rows = buildRoleMatrix(routes);
/** Open to everybody signed in, on nothing that belongs to a project. */
const ofNoProject = ({ permission, paramNames, id }: AnyRoute): boolean =>
  permission === "public" ||
  (permission === "signed-in" && paramNames.length === 0 && id !== "events.stream") ||
  id === "sessions.end" ||
  // connections are of the server; who manages them in one project manages them (architecture.md)
  (permission === "connections:manage" && !paramNames.includes("project"));

describe("the registry and what is served are the same", () => {
  it("every route has a handler here, and every handler a route", () => {
    expect(routes.filter(({ id }) => !handlers.has(id)).map(({ id }) => id)).toEqual([]);
    expect([...handlers.keys()].filter((id) => !routes.some((route) => route.id === id))).toEqual([]);
  });

  it("there is no server action: all writes go through routes of the registry", () => {
    const files = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: root });
    const actions = files.filter((file) =>
      /^\s*["']use server["']/m.test(readFileSync(nodePath.join(root, file), "utf8")),
    );
    expect(actions).toEqual([]);
  });
});

describe.each(routes.filter((route) => !ofNoProject(route)).map((route) => [route.id, route] as const))(
  "%s on a project that is not the caller's",
  (_, route) => {
    it("is refused to everybody, and says no more than that there is no such thing", async () => {
      const before = server.deps.repos.audit.list(null, { limit: 1_000 }).length;
      expect(await statusOf(route, "anonymous"), "anonymous").toBe(401);
      for (const role of roles) {
        const status = await statusOf(route, `${role} elsewhere`);
        expect([403, 404], `${role} elsewhere got ${status}`).toContain(status);
      }
      const status = await statusOf(route, "key elsewhere");
      expect([403, 404], `a key of another project got ${status}`).toContain(status);
      if (!route.personalLink) expect(await statusOf(route, "confined"), "by a personal link").toBe(403);
      expect(server.deps.repos.audit.list(null, { limit: 1_000 }).length, "nothing was done").toBe(before);
    });
  },
);

/** Rows of which something is to be shown here: a role that is refused, or a read that can be tried. */
const shown = rows.filter(
  ({ id, byRole }) =>
    roles.some((role) => byRole[role] === "no") ||
    routes.some((route) => route.id === id && route.method === "GET" && !ofNoProject(route)),
);

describe.each(shown.map((row) => [row.id, row] as const))("%s in the caller's own project", (_, row) => {
  const route = routes.find(({ id }) => id === row.id) as AnyRoute;
  const refused = roles.filter((role) => row.byRole[role] === "no");
  if (refused.length > 0) {
    it(`is refused to ${refused.join(", ")}`, async () => {
      for (const role of refused) expect(await statusOf(route, `${role} here`), role).toBe(403);
    });
  }

  // reads change nothing, so that each role can be seen to get in
  if (route.method === "GET" && !ofNoProject(route)) {
    const allowed = roles.filter((role): role is Role => row.byRole[role] === "yes");
    if (allowed.length === 0) return;
    it(`is open to ${allowed.join(", ")}`, async () => {
      for (const role of allowed) {
        const status = await statusOf(route, `${role} here`);
        expect([401, 403, 404].includes(status), `${role} got ${status}`).toBe(false);
      }
    });
  }
});
