import { z } from "zod";
import { projectSchema } from "@/lib/contracts/projects";
import { promptSchema } from "@/lib/contracts/prompts";
import { savedRecordSchema } from "@/lib/contracts/records";
import { Api } from "./fixtures/api";
import { importRecords } from "./fixtures/clinic";
import { OWNER } from "./fixtures/people";
import { expect, test } from "./fixtures/test";

/** Each would run, load or break something if it were read as anything but text. */
const CORPUS = [
  `<script>window.__ran="script"</script>`,
  `<img src=x onerror='window.__ran="img"'>`,
  `<svg/onload='window.__ran="svg"'>`,
  `"><iframe srcdoc='<script>parent.__ran="frame"</script>'></iframe>`,
  `[press](javascript:window.__ran="link")`,
  `![](x"onerror="window.__ran='md')`,
  `</textarea></script><style>*{display:none}</style>`,
  `{{constructor.constructor('window.__ran="template"')()}}`,
  `=HYPERLINK("http://evil.example","x")`,
  "\u202Eright to left\u202C \u0000nul \u0007bell \uFEFFbom".replace("\u0000", ""),
].join(" ");

const idSchema = z.looseObject({ id: z.string() });
const listSchema = z.object({ items: z.array(idSchema) });

test("text is text: a corpus of script in every field that takes words runs nowhere", async ({
  page,
  context,
  serve,
}) => {
  test.setTimeout(120_000);
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), { ...OWNER, name: CORPUS.slice(0, 110) });
  const project = await api.send("POST", "/api/v1/projects/sample").then((made) => projectSchema.parse(made));
  const at = `/api/v1/projects/${project.id}`;
  const text = {
    v: 1,
    purpose: CORPUS,
    reliedOnBy: CORPUS,
    outOfScope: CORPUS,
    dataKinds: CORPUS,
    owner: CORPUS,
  };
  await api.patch(
    at,
    { name: CORPUS.slice(0, 120), about: { ...text, owner: CORPUS.slice(0, 500) } },
    projectSchema,
  );
  const messages = [
    { role: "assistant", content: CORPUS },
    { role: "user", content: CORPUS },
  ];
  const record = await api.post(
    `${at}/records`,
    {
      inputs: { messages, fields: { team: CORPUS } },
      expectations: {
        v: 1,
        expected_response: CORPUS,
        facts: [CORPUS.slice(0, 400)],
        mustNever: [CORPUS.slice(0, 400)],
      },
      tags: ["<b>tag</b>"],
    },
    savedRecordSchema,
  );
  const [queue] = (await api.get(`${at}/queues`, listSchema)).items;
  const item = await api.post(
    `/api/v1/queues/${queue?.id}/next`,
    { after: null, not: [] },
    z.object({ item: z.looseObject({ traceId: z.string() }) }),
  );
  const judgeId = String(queue?.judgeId);
  const label = {
    traceId: item.item.traceId,
    judgeId,
    queueId: queue?.id,
    value: 1,
    reason: CORPUS,
    flagged: true,
  };
  await api.send("POST", "/api/v1/labels", { body: { ...label, betterAnswer: CORPUS } });
  const { items: prompts } = await api.get(`${at}/prompts`, z.object({ items: z.array(promptSchema) }));
  const review = await api.post(
    `${at}/reviews`,
    { promptId: prompts[0]?.id, components: { system: CORPUS } },
    idSchema,
  );
  await api.send("POST", `/api/v1/reviews/${review.id}/comments`, { body: { body: CORPUS, text: CORPUS } });
  await api.send("POST", `${at}/keys`, { body: { name: CORPUS.slice(0, 120), scopes: ["prompts:read"] } });
  await api.send("POST", `${at}/personal-links`, {
    body: { queueId: queue?.id, name: CORPUS.slice(0, 120) },
  });
  const connection = { name: CORPUS.slice(0, 120), baseUrl: "http://127.0.0.1:9/%3Cscript%3E" };
  await api.send("POST", "/api/v1/connections", { body: connection });
  await importRecords(api, project.id, `${JSON.stringify({ inputs: { question: CORPUS } })}\n`);

  await context.addCookies(api.browserCookies());
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (window as unknown as Record<string, unknown>).__ran = `policy: ${event.violatedDirective}`;
    });
  });
  const places = [
    "",
    "/records",
    `/records/${record.id}`,
    "/answers",
    `/label/${queue?.id}`,
    "/judge",
    "/runs/new",
    "/reviews",
    `/reviews/${review.id}`,
    "/prompts",
    "/settings",
    "/settings/people",
  ].map((place) => `/p/${project.id}${place}`);
  for (const place of ["/", ...places, "/account", "/server"]) {
    await page.goto(server.url + place);
    await expect(page.locator("main").first()).toBeVisible();
    const ran = await page.evaluate(() => (window as unknown as Record<string, unknown>).__ran ?? null);
    expect([place, ran]).toEqual([place, null]);
    const foreign = await page
      .locator("main script, main iframe, main [onerror], main a[href^='javascript:']")
      .count();
    expect([place, foreign], "elements made of words").toEqual([place, 0]);
  }
});

test("every answer carries its headers, refuses other origins, and says nothing of the inside", async ({
  serve,
}) => {
  // behind a proxy that ends TLS, as servers beyond one computer run
  const server = await serve({ env: { TOUCHSTONE_TRUST_PROXY: "1" } });
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const description = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await api.send("GET", "/api/openapi.json"));
  const calls = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{[^}]+\}/g, "x"),
    })),
  );
  expect(calls.length).toBeGreaterThan(80);
  const places = [
    "/",
    "/sign-in",
    "/setup",
    "/join",
    "/no-such-page",
    "/healthz",
    "/readyz",
    "/metrics",
    "/icon.svg",
  ];
  for (const { method, path } of [...calls, ...places.map((path) => ({ method: "GET", path }))]) {
    const proxied = { "x-forwarded-proto": "https" };
    const response = await fetch(server.url + path, { method, redirect: "manual", headers: proxied });
    const where = `${method} ${path} (${response.status})`;
    const header = (name: string): string => response.headers.get(name) ?? "";
    expect([where, header("x-content-type-options")]).toEqual([where, "nosniff"]);
    expect([where, header("content-security-policy")]).toEqual([
      where,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    expect([where, header("strict-transport-security")]).toEqual([where, "max-age=31536000"]);
    expect([where, header("x-powered-by")]).toEqual([where, ""]);
    expect(response.status, where).toBeLessThan(500);
    const body = await response.text();
    expect(body, where).not.toMatch(/node_modules|SqliteError|at .*\.ts:\d+/);
  }

  const plain = await fetch(`${server.url}/healthz`);
  expect(plain.headers.get("strict-transport-security"), "without TLS").toBeNull();

  for (const { method, path } of calls.filter((call) => call.method !== "GET")) {
    const headers = {
      origin: "https://evil.example",
      "sec-fetch-site": "cross-site",
      "content-type": "application/json",
    };
    const response = await api.fetch(method, path, {
      raw: { text: "{}", type: "application/json" },
      headers,
    });
    expect([method, path, response.status]).toEqual([method, path, 403]);
  }
  const large = await api.fetch("POST", "/api/v1/projects", {
    raw: { text: `{"name": "${"x".repeat(3_000_000)}"}`, type: "application/json" },
  });
  expect(large.status).toBe(413);
});

/** Words that mean something to SQL, to the full-text index, to a spreadsheet or to JSON. */
const INJECTIONS = [
  `' OR 1=1 --`,
  `"; DROP TABLE records; --`,
  `" OR "a"="a`,
  `NEAR(a b)`,
  `question:*`,
  `a AND (b OR`,
  `%' UNION SELECT password FROM account --`,
  `\\`,
  `^"`,
  `*`,
  `-- `,
  `\u0000`,
  `{"$gt": ""}`,
];

test("search and import take any words as words", async ({ serve }) => {
  const server = await serve();
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const project = await api.post("/api/v1/projects", { name: "P", startingPrompt: "" }, projectSchema);
  const at = `/api/v1/projects/${project.id}/records`;
  const lines = INJECTIONS.map((words) => JSON.stringify({ inputs: { question: `about ${words} here` } }));
  const hostile = [
    `{"__proto__": {"polluted": true}, "inputs": {"question": "Is it polluted?"}}`,
    `{"inputs": {"question": "deep"}, "expectations": ${"[".repeat(2_000)}${"]".repeat(2_000)}}`,
    `{"inputs": {"question": ${"1".repeat(400)}}}`,
  ];
  const { result } = await importRecords(api, project.id, [...lines, ...hostile].join("\n"));
  expect(result.created + result.skipped).toBeGreaterThanOrEqual(INJECTIONS.length - 1);
  const before = await api.send("GET", `${at}?limit=200`).then((list) => listSchema.parse(list).items.length);
  for (const words of INJECTIONS) {
    const response = await api.fetch("GET", `${at}?q=${encodeURIComponent(words)}&limit=200`);
    expect([words, response.status < 500]).toEqual([words, true]);
    const csv = await api.fetch(
      "GET",
      `${at}?tag=${encodeURIComponent(words)}&cursor=${encodeURIComponent(words)}`,
    );
    expect([words, csv.status < 500]).toEqual([words, true]);
  }
  const after = await api.send("GET", `${at}?limit=200`).then((list) => listSchema.parse(list).items.length);
  expect(after).toBe(before);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
