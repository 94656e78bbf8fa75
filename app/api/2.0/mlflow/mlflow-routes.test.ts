import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "@/lib/services/testing/test-services";
import { singleton } from "@/lib/util/singleton";
import { DELETE, GET, PATCH, POST } from "./[...path]/route";

// MLflow's registry as its own client asks for it: the same paths, parameters and marks (read from its source), and
// against everybody who may and may not. What the real client makes of it: `npm run test:mlflow`.

let server: TestServices;
let project: string;
let name: string;
const keys: Record<string, string> = {};
const handlers = { GET, POST, PATCH, DELETE };

beforeAll(() => {
  server = createTestServices();
  singleton("container", () => server);
  const { services, actor, deps } = server;
  project = services.projects.openSample(actor).id;
  name = deps.repos.prompts.list(project)[0]?.name ?? "";
  const elsewhere = services.projects.create(actor, { name: "Elsewhere", startingPrompt: "Answer." }).id;
  const make = (of: string, scopes: ("prompts:read" | "runs:read")[]) =>
    services.keys.create(actor, of, { name: "k", scopes, expiresAt: null }).secret;
  Object.assign(keys, {
    reader: make(project, ["prompts:read"]),
    elsewhere: make(elsewhere, ["prompts:read"]),
    scopeless: make(project, ["runs:read"]),
  });
});
afterAll(() => server.close());

async function call(
  method: keyof typeof handlers,
  path: string,
  given: Record<string, string> = {},
  key: string | null = keys.reader ?? null,
) {
  const isRead = method === "GET";
  const query = isRead ? `?${new URLSearchParams(given)}` : "";
  const request = new Request(`http://127.0.0.1:3000/api/2.0/mlflow/${path}${query}`, {
    method,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    ...(isRead ? {} : { body: JSON.stringify(given) }),
  });
  const response = await handlers[method](request, { params: Promise.resolve({ path: path.split("/") }) });
  return { status: response.status, body: await response.json() };
}
const tagsOf = (version: { tags: { key: string; value: string }[] }) =>
  Object.fromEntries(version.tags.map(({ key, value }) => [key, value]));

describe("MLflow's client reads a prompt", () => {
  it("by alias, with its text where the client looks for it, and is noted as a reader", async () => {
    const { body } = await call("GET", "registered-models/alias", { name, alias: "production" });
    const [prompt] = server.services.prompts.list(server.actor, project);
    const live = prompt?.versions.find(({ version }) => version === prompt.aliases[0]?.version);
    expect(body.model_version).toMatchObject({
      name,
      version: "1",
      status: "READY",
      aliases: ["production"],
    });
    expect(tagsOf(body.model_version)).toMatchObject({
      "mlflow.prompt.is_prompt": "true",
      "mlflow.prompt.text": live?.text,
      _mlflow_prompt_type: "text",
    });
    expect(prompt?.readers).toEqual([
      expect.objectContaining({ alias: "production", reader: "k", version: 1 }),
    ]);
  });

  it("by number, and as the newest under the reserved alias", async () => {
    const byNumber = await call("GET", "model-versions/get", { name, version: "1" });
    const latest = await call("GET", "registered-models/alias", { name, alias: "latest" });
    expect(byNumber.body.model_version).toEqual(latest.body.model_version);
    expect((await call("GET", "registered-models/get", { name })).body.registered_model).toMatchObject({
      name,
      aliases: [{ alias: "production", version: "1" }],
      latest_versions: [{ version: "1" }],
    });
    for (const method of ["GET", "POST"] as const) {
      const { body } = await call(method, "registered-models/get-latest-versions", { name });
      expect(body.model_versions).toHaveLength(1);
    }
  });

  it("by search, with MLflow's filters, orders and pages", async () => {
    const mark = "tags.`mlflow.prompt.is_prompt` = 'true'";
    const find = async (filter: string, more: Record<string, string> = {}) =>
      (await call("GET", "registered-models/search", { filter, ...more })).body;
    expect(
      (await find(`${mark} AND name ILIKE '%${name.slice(1, 4).toUpperCase()}%'`)).registered_models,
    ).toHaveLength(1);
    expect((await find(`${mark} AND name LIKE 'zz%'`)).registered_models).toEqual([]);
    expect((await find("tags.`mlflow.prompt.is_prompt` != 'true'")).registered_models).toEqual([]);
    for (const filter of ["name ~ 'x'", "name = 'a' OR name = 'b'", "version > 3", `${mark} AND`])
      expect(await find(filter), filter).toMatchObject({ error_code: "INVALID_PARAMETER_VALUE" });

    const [prompt] = server.services.prompts.list(server.actor, project);
    const written = { components: { system: "Answer twice." }, commitMessage: "Second.", source: "written" };
    server.services.prompts.addVersion(server.actor, prompt?.name ?? "", written);
    const versions = { filter: `name = '${name}' AND tag.\`mlflow.prompt.is_prompt\` = 'true'` };
    const first = await call("GET", "model-versions/search", {
      ...versions,
      max_results: "1",
      order_by: "version_number DESC",
    });
    expect(first.body).toMatchObject({ model_versions: [{ version: "2" }], next_page_token: "1" });
    const second = await call("GET", "model-versions/search", {
      ...versions,
      max_results: "1",
      order_by: "version_number DESC",
      page_token: first.body.next_page_token,
    });
    expect(second.body).toMatchObject({ model_versions: [{ version: "1" }] });
    expect(second.body.next_page_token).toBeUndefined();
  });

  it("and is told in MLflow's form what there is not", async () => {
    const missing = [
      await call("GET", "registered-models/get", { name: "nothing" }),
      await call("GET", "model-versions/get", { name, version: "99" }),
      await call("GET", "model-versions/get", { name, version: "1; drop" }),
      await call("GET", "registered-models/alias", { name, alias: "staging" }),
    ];
    for (const { status, body } of missing)
      expect([status, body.error_code]).toEqual([404, "RESOURCE_DOES_NOT_EXIST"]);
    expect(missing[3]?.body.message).toContain("It has: production.");
    expect(await call("GET", "experiments/search")).toMatchObject({
      body: { error_code: "ENDPOINT_NOT_FOUND" },
    });
  });
});

describe("MLflow's client may not", () => {
  it("move an alias: the answer says why, where it stays, and where it is done", async () => {
    const { status, body } = await call("POST", "registered-models/alias", {
      name,
      alias: "production",
      version: "2",
    });
    expect([status, body.error_code]).toEqual([403, "PERMISSION_DENIED"]);
    expect(body.message).toMatch(/moves only by a review .* stays at version 1\. Nothing was changed\./);
    expect(body.message).toContain(`/p/${project}/prompts`);
    expect(server.services.prompts.list(server.actor, project)[0]?.aliases[0]?.version).toBe(1);
  });

  it.each([
    ["POST", "registered-models/create"],
    ["POST", "model-versions/create"],
    ["POST", "registered-models/set-tag"],
    ["DELETE", "registered-models/alias"],
    ["DELETE", "model-versions/delete"],
    ["PATCH", "model-versions/update"],
  ] as const)("%s %s", async (method, path) => {
    const { status, body } = await call(method, path, { name, version: "1", alias: "production" });
    expect([status, body.error_code]).toEqual([403, "PERMISSION_DENIED"]);
    expect(body.message).toContain("Nothing was changed.");
  });

  it("read without a key, with a key of another scope, or of another project", async () => {
    expect((await call("GET", "registered-models/get", { name }, null)).body.error_code).toBe(
      "UNAUTHENTICATED",
    );
    expect((await call("GET", "registered-models/get", { name }, "tsk_wrong")).status).toBe(401);
    expect((await call("GET", "registered-models/get", { name }, keys.scopeless)).body.error_code).toBe(
      "PERMISSION_DENIED",
    );
    expect((await call("GET", "registered-models/get", { name }, keys.elsewhere)).body.error_code).toBe(
      "RESOURCE_DOES_NOT_EXIST",
    );
    expect(
      (await call("GET", "registered-models/search", {}, keys.elsewhere)).body.registered_models,
    ).toHaveLength(1);
    // nor does a refused write tell that it exists
    const refused = await call(
      "POST",
      "registered-models/alias",
      { name, alias: "production", version: "2" },
      keys.elsewhere,
    );
    expect(refused.body.message).not.toContain(project);
  });
});
