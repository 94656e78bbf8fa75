import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MlflowImportView } from "@/lib/contracts/mlflow";
import { type FakeMlflow, startFakeMlflow } from "@/test/start-fake-mlflow";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let fake: FakeMlflow;
let projectId: string;
let judgeName: string;
beforeEach(async () => {
  fake = await startFakeMlflow();
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
  judgeName = server.deps.repos.judges.list(projectId)[0]?.name ?? "";
  connect();
});
afterEach(async () => {
  await server.close();
  await fake.stop();
});

const link = { experiment: "scouting", username: null, writesOnPromote: false };
const connect = (more: object = {}) =>
  server.services.mlflow.save(server.actor, projectId, { ...link, url: fake.url, ...more });
const read = async (): Promise<MlflowImportView> => {
  const { id } = server.services.mlflow.startImport(server.actor, projectId);
  await server.idle();
  return server.services.mlflow.import(server.actor, projectId, id);
};
const importAll = async (actor = server.actor): Promise<MlflowImportView> => {
  const { id } = await read();
  server.services.mlflow.confirmImport(actor, projectId, id);
  await server.idle();
  return server.services.mlflow.import(actor, projectId, id);
};
const count = (fresh = 0, same = 0, leftOut = 0, changed = 0) => ({ fresh, changed, same, leftOut });

const version = (number: string, text: string, more: Record<string, string> = {}) => ({
  version: number,
  description: `Message ${number}`,
  tags: Object.entries({ "mlflow.prompt.is_prompt": "true", "mlflow.prompt.text": text, ...more }).map(
    ([key, value]) => ({ key, value }),
  ),
});
const prompt = (versions: object[], aliases: Record<string, string> = {}) => ({
  tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }],
  versions,
  aliases,
});
const grade = (id: string, value: unknown, more: object = {}) => ({
  assessment_id: id,
  assessment_name: judgeName,
  source: { source_type: "HUMAN", source_id: "ana@example.com" },
  feedback: { value },
  rationale: "Too long.",
  ...more,
});
const wrapped = (value: unknown): object =>
  typeof value === "string"
    ? { string_value: value }
    : Array.isArray(value)
      ? { array_value: { values: value.map(wrapped) } }
      : {
          kvlist_value: {
            values: Object.entries(value as object).map(([key, of]) => ({ key, value: wrapped(of) })),
          },
        };
const trace = (id: string, assessments: object[], more: { inputs?: object; outputs?: unknown } = {}) => {
  const inputs = more.inputs ?? {
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: `Question of ${id}?` },
    ],
  };
  const times = { start_time_unix_nano: "1000000000", end_time_unix_nano: 1_250_000_000 };
  const attributes = (of: object, outputs: unknown, type: string) => [
    { key: "mlflow.spanType", value: { string_value: type } },
    { key: "mlflow.spanInputs", value: wrapped(of) },
    { key: "mlflow.spanOutputs", value: outputs },
  ];
  return {
    info: { trace_id: id, request_time: "2026-11-01T10:00:00.000Z", state: "OK", assessments },
    spans: [
      {
        name: "agent",
        ...times,
        attributes: attributes(inputs, more.outputs ?? wrapped({ response: `Answer of ${id}.` }), "AGENT"),
      },
      {
        name: "lookup",
        parent_span_id: "1",
        ...times,
        attributes: attributes({ down: "3" }, { string_value: "12 plays" }, "TOOL"),
      },
    ],
  };
};
const record = (id: string, question: string, expected = "Says so.") => ({
  dataset_record_id: id,
  inputs: { question },
  expectations: { expected_response: expected },
  tags: { topic: "third down", "mlflow.user": "root" },
});

describe("prompts of an MLflow server", () => {
  it("come in with versions, messages, tags and an alias that is empty here, page by page; a second pass changes nothing", async () => {
    const config = JSON.stringify({ model_name: "gpt-x", temperature: 0.2, top_k: 4 });
    const versions = [
      version("1", "Answer about {{ team }}."),
      version("2", "Answer about {{ team }} briefly.", {
        author: "ana",
        _mlflow_prompt_model_config: config,
      }),
      version("3", "[]", { _mlflow_prompt_type: "chat" }),
    ];
    await fake.set({ models: { scout: prompt(versions, { production: "2", champion: "3" }) } });
    const preview = await read();
    expect(preview).toMatchObject({
      state: "read",
      preview: { counts: { versions: count(2, 0, 1), aliases: count(1, 0, 1) } },
    });
    expect(server.deps.repos.prompts.byName("scout"), "nothing is written by a preview").toBeNull();

    expect(await importAll()).toMatchObject({ state: "done", result: preview.preview });
    const scout = server.services.prompts.list(server.actor, projectId).find(({ name }) => name === "scout");
    expect(scout?.versions).toMatchObject([
      {
        version: 2,
        text: "Answer about {{ team }} briefly.",
        variables: ["team"],
        commitMessage: "Message 2",
        tags: { author: "ana" },
        modelConfig: { model: "gpt-x", temperature: 0.2 },
        source: "MLflow, version 2",
      },
      { version: 1 },
    ]);
    expect(scout?.history).toMatchObject([{ alias: "production", toVersion: 2, kind: "initial" }]);

    const before = server.deps.repos.audit.list(null, { limit: 1_000 }).length;
    const second = await importAll();
    expect(second.result?.counts).toMatchObject({ versions: count(0, 2, 1), aliases: count(0, 1, 1) });
    const added = server.deps.repos.audit.list(null, { limit: 1_000 }).length - before;
    expect(added, "the import itself is noted, and no prompt").toBe(1);
  });

  it("never move an alias that points somewhere here, and are left out where the name is another project's", async () => {
    const [own] = server.services.prompts.list(server.actor, projectId);
    const name = own?.name ?? "";
    await fake.set({
      models: { [name]: prompt([version("1", "Words from outside.")], { production: "1" }) },
    });
    const { result } = await importAll();
    expect(result?.counts).toMatchObject({ versions: count(1), aliases: count(0, 0, 1) });
    expect(result?.notices[0]).toMatch(/stays at v1 here: an alias moves only by a review/);
    expect(server.deps.repos.aliases.get(own?.id ?? "", "production")?.version).toBe(1);

    const other = server.services.projects.create(server.actor, { name: "Other", startingPrompt: "" }).id;
    server.services.prompts.create(server.actor, other, {
      name: "taken",
      components: { system: "x" },
      layout: ["system"],
    });
    await fake.set({
      models: { taken: prompt([version("1", "y")]), "bad name": prompt([version("1", "z")]) },
    });
    expect((await read()).preview).toMatchObject({ counts: { versions: count(0, 0, 2) } });
  });

  it("an alias takes somebody who may promote", async () => {
    await fake.set({ models: { scout: prompt([version("1", "a")], { production: "1" }) } });
    const engineer = server.person("Eli", projectId, "engineer");
    const { result } = await importAll(engineer as typeof server.actor);
    expect(result?.counts).toMatchObject({ versions: count(1), aliases: count(0, 0, 1) });
  });
});

describe("datasets and judged traces of an MLflow server", () => {
  it("become records, answers with their steps, and labels of every person; a second pass changes nothing", async () => {
    await fake.set({
      datasets: { first: [record("dr-1", "A?"), record("dr-2", "B?"), record("dr-3", "C?")] },
      traces: [
        trace("tr-1", [
          grade("a-1", 4),
          grade("a-2", 2.0, { source: { source_type: "HUMAN", source_id: "ben" } }),
          grade("a-3", 5, { source: { source_type: "LLM_JUDGE", source_id: "j" } }),
          grade("a-4", 1, { valid: false }),
          {
            ...grade("a-5", 0),
            feedback: undefined,
            assessment_name: "expected_response",
            expectation: { value: "Names the games." },
          },
        ]),
        trace("tr-2", [
          grade("a-6", 9),
          grade("a-7", "3", { assessment_name: ` ${judgeName.toUpperCase()} ` }),
          grade("a-8", true, { assessment_name: "politeness" }),
        ]),
        trace("tr-3", []),
      ],
    });
    const { repos } = server.deps;
    const total = repos.records.counts(projectId).total;
    const labels = repos.labels.list(projectId).length;
    const { result } = await importAll();
    expect(result?.counts).toMatchObject({
      records: count(5),
      traces: count(2),
      labels: count(3, 0, 2),
    });
    expect(repos.records.counts(projectId).total).toBe(total + 5);
    const kept = repos.traces.byExternalId(projectId, "mlflow:tr-1");
    expect(kept).toMatchObject({
      question: "Question of tr-1?",
      output: "Answer of tr-1.",
      steps: [{ tool: "lookup", arguments: '{"down":"3"}', result: "12 plays", ms: 250 }],
      latencyMs: 250,
      simulated: false,
      createdAt: Date.parse("2026-11-01T10:00:00Z"),
    });
    const asked = repos.records.byId(kept?.recordId ?? "");
    expect(asked).toMatchObject({
      source: "import",
      expectations: { expected_response: "Names the games." },
    });
    expect(asked?.inputs.messages, "instructions are no part of a question").toHaveLength(1);
    const given = repos.labels.list(projectId, { traceIds: [kept?.id ?? ""] });
    expect(given.map(({ value, reason, author, purpose }) => [value, reason, author.name, purpose])).toEqual([
      [4, "Too long.", "mlflow:ana@example.com", "teaching"],
      [2, "Too long.", "mlflow:ben", "teaching"],
    ]);

    const second = await importAll();
    expect(second.result?.counts).toMatchObject({
      records: count(0, 5),
      traces: count(0, 2),
      labels: count(0, 3, 2),
    });
    expect([repos.records.counts(projectId).total, repos.labels.list(projectId).length]).toEqual([
      total + 5,
      labels + 3,
    ]);
  });

  it("an edit here outlives a second pass; an edit there comes over, and a changed grade supersedes the old one", async () => {
    const { repos } = server.deps;
    await fake.set({ datasets: { d: [record("dr-1", "A?")] }, traces: [trace("tr-1", [grade("a-1", 4)])] });
    await importAll();
    const taken = repos.mlflow.items(projectId, "record", ["dr-1"]).get("dr-1");
    const mine = repos.records.byId(taken?.localId ?? "");
    const edited = { ...mine?.expectations, expected_response: "Edited here." };
    repos.records.update(
      mine?.id ?? "",
      1,
      { expectations: edited as never },
      server.actor.userId,
      Date.now(),
    );
    await importAll();
    expect(repos.records.byId(mine?.id ?? "")?.expectations.expected_response).toBe("Edited here.");

    await fake.set({
      datasets: { d: [record("dr-1", "A?", "Edited there.")] },
      traces: [trace("tr-1", [grade("a-1", 3, { rationale: "On reflection." })])],
    });
    expect((await importAll()).result?.counts).toMatchObject({
      records: count(0, 1, 0, 1),
      labels: count(0, 0, 0, 1),
    });
    expect(repos.records.byId(mine?.id ?? "")?.expectations.expected_response).toBe("Edited there.");
    const kept = repos.traces.byExternalId(projectId, "mlflow:tr-1");
    expect(repos.labels.list(projectId, { traceIds: [kept?.id ?? ""] }).map(({ value }) => value)).toEqual([
      3,
    ]);
  });

  it("a grade of a member with that address is theirs, on a sealed record it only checks", async () => {
    const { repos } = server.deps;
    const kim = server.person("Kim", projectId, "expert");
    repos.users.change(kim.userId, { email: "kim@example.com" } as never, Date.now() as never);
    const [sealed] = repos.records.listSealed(projectId);
    const inputs = { messages: sealed?.inputs.messages, ...sealed?.inputs.fields };
    const by = { source: { source_type: "HUMAN", source_id: repos.users.byId(kim.userId)?.email } };
    await fake.set({ traces: [trace("tr-1", [grade("a-1", 4, by)], { inputs })] });
    await importAll();
    const kept = repos.traces.byExternalId(projectId, "mlflow:tr-1");
    expect(kept?.recordId).toBe(sealed?.id);
    expect(repos.labels.list(projectId, { traceIds: [kept?.id ?? ""] })).toMatchObject([
      { author: { name: "Kim" }, purpose: "checking" },
    ]);
  });

  it("a service that the server lacks is said, and the rest comes in", async () => {
    await fake.set({
      absent: ["3.0/mlflow/datasets"],
      datasets: { d: [record("dr-1", "A?")] },
      traces: [trace("tr-1", [grade("a-1", 4)])],
    });
    const { link: checked } = await server.services.mlflow.check(server.actor, projectId);
    const there = Object.fromEntries(
      checked.services?.parts.map(({ service, isThere }) => [service, isThere]) ?? [],
    );
    expect(there).toEqual({
      prompts: true,
      runs: true,
      artifacts: true,
      datasets: false,
      traces: true,
      judges: true,
    });
    expect(checked.services?.version).toBe("3.18.0");
    const { preview } = await read();
    expect(preview?.counts).toMatchObject({ records: count(1), traces: count(1) });
    expect(preview?.notices).toEqual([expect.stringContaining("no service for datasets")]);
  });

  it("a server that is away, or refuses the token, is told in words and nothing is written", async () => {
    await fake.set({ token: "right" });
    const refused = await read();
    expect(refused).toMatchObject({
      state: "failed",
      problem: expect.stringContaining("refused the token (401)"),
    });
    expect(() => server.services.mlflow.confirmImport(server.actor, projectId, refused.id)).toThrow(
      /Nothing was written/,
    );
    await expect(server.services.mlflow.check(server.actor, projectId)).rejects.toThrow(/refused the token/);
    connect({ token: "right" });
    expect(await read()).toMatchObject({ state: "read" });
    const gone = await startFakeMlflow();
    await gone.stop();
    connect({ url: gone.url, token: null });
    expect(await read()).toMatchObject({ state: "failed", problem: "Nothing listens at that address." });
  });
});

describe("the connection", () => {
  it("keeps its token sealed, shows it to nobody, and does not send it to another server", () => {
    const { repos } = server.deps;
    const view = connect({ token: "secret-token" });
    expect(view).toMatchObject({ hasToken: true });
    expect(repos.mlflow.link(projectId)?.sealedToken).not.toContain("secret-token");
    expect(JSON.stringify(server.services.mlflow.page(server.actor, projectId))).not.toContain(
      "secret-token",
    );
    expect(connect({ experiment: "other" }), "left out it stays").toMatchObject({ hasToken: true });
    expect(() => connect({ url: "https://elsewhere.example" })).toThrow(/write the token again/);
    expect(connect({ url: "https://elsewhere.example", token: null })).toMatchObject({ hasToken: false });
  });

  it("goes through the guard of addresses where the server is public", async () => {
    const open = createTestServices({ HOST: "0.0.0.0" });
    const id = open.services.projects.openSample(open.actor).id;
    open.services.mlflow.save(open.actor, id, { ...link, url: fake.url });
    await expect(open.services.mlflow.check(open.actor, id)).rejects.toThrow(/TOUCHSTONE_ALLOW_HOSTS/);
    await open.close();
  });

  it("is for those who manage connections", () => {
    const expert = server.person("Ray", projectId, "expert");
    expect(() => server.services.mlflow.page(expert, projectId)).toThrow(/may not manage connections/);
  });
});
