import { describe, expect, test } from "vitest";
import { createSandboxHandler } from "@/lib/sandbox/handler";
import { createSandboxFetch } from "@/lib/sandbox/sandbox-fetch";
import { type ConnectionReport, testConnection } from "./test-connection";
import { broken, chatBody, type Step, scriptedFetch, status, testConnectionSpec } from "./testing/fixtures";

const never = new AbortController().signal;
const models: Step = () => Response.json({ data: [{ id: "gpt-a" }, { id: "gpt-b" }] });

function tried(
  steps: Step[],
  change: Parameters<typeof testConnectionSpec>[0] = {},
  chatModel: string | null = "gpt-a",
): Promise<ConnectionReport> {
  const { fetch } = scriptedFetch(...steps);
  return testConnection(testConnectionSpec(change), { chatModel, embeddingModel: null }, { fetch }, never);
}

function says(report: ConnectionReport, step: string): string {
  const found = report.steps.find((one) => one.step === step);
  return `${found?.status}: ${found?.says}`;
}

describe("trying a connection", () => {
  test("all steps pass against the simulated models", async () => {
    const fetch = createSandboxFetch(
      createSandboxHandler({ seed: "1", delayMs: 0, apiKey: "sk-test-1234567890" }),
    );
    const report = await testConnection(
      testConnectionSpec(),
      { chatModel: "sim-task", embeddingModel: "sim-embed" },
      { fetch },
      never,
    );
    expect(report.steps.map(({ step, status: state }) => `${step} ${state}`)).toEqual([
      "reach ok",
      "models ok",
      "chat ok",
      "structured-output ok",
      "embeddings ok",
    ]);
    expect(report).toMatchObject({ isUsable: true, enforcesSchema: true });
    expect(report.models).toContain("sim-judge");
  });

  test("a missing key and a wrong key are told apart", async () => {
    const missing = await tried([status(401, "missing bearer")], { apiKey: null });
    expect(says(missing, "reach")).toMatch(/wants a key, and this connection has none/);
    const wrong = await tried([status(401, "Incorrect API key provided: sk-test-1234567890.")]);
    expect(says(wrong, "reach")).toMatch(/did not accept the key/);
    expect(JSON.stringify(wrong)).not.toContain("sk-test-1234567890");
    expect(wrong.isUsable).toBe(false);
  });

  test.each([
    ["ENOTFOUND", /no such host is known/],
    ["ECONNREFUSED", /nothing listens there/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /self-signed/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /http:\/\/ instead of https/],
    ["UND_ERR_CONNECT_TIMEOUT", /does not answer/],
    ["ERR_ADDRESS_NOT_ALLOWED", /TOUCHSTONE_ALLOW_HOSTS/],
  ])("%s is put into words", async (code, words) => {
    const report = await tried([broken(code)]);
    expect(says(report, "reach")).toMatch(words);
    expect(says(report, "chat")).toMatch(/^skipped/);
  });

  test("a path without /v1 is suspected on 404", async () => {
    const report = await tried([status(404, "not found")], { baseUrl: "http://models.test" });
    expect(says(report, "chat")).toMatch(/failed.*may lack \/v1/);
    const fine = await tried([
      status(404, "no list"),
      () => Response.json(chatBody("ready")),
      () => Response.json(chatBody("{}")),
    ]);
    expect(says(fine, "models")).toMatch(/^skipped: It does not list its models/);
    expect(fine.isUsable).toBe(true);
  });

  test("an unknown model is named, with those that exist", async () => {
    const report = await tried([models, status(404, "model not found")], {}, "gpt-z");
    expect(says(report, "chat")).toBe("failed: There is no model “gpt-z” here. It lists: gpt-a, gpt-b.");
  });

  test("a page that is no API is told apart from an API", async () => {
    const page: Step = () =>
      new Response("<html>Welcome</html>", { headers: { "content-type": "text/html" } });
    expect(says(await tried([page]), "reach")).toMatch(
      /failed: .*did not send a list of models.*ends in \/v1/,
    );
  });

  test("a model that cannot do JSON fails that step only", async () => {
    const report = await tried([
      models,
      () => Response.json(chatBody("ready")),
      () => Response.json(chatBody("ready!")),
    ]);
    expect(says(report, "chat")).toMatch(/^ok/);
    expect(says(report, "structured-output")).toMatch(/failed: Asked for JSON/);
    expect(report.isUsable).toBe(false);
  });

  test("an address that is none is refused in words", async () => {
    const report = await tried([models], { baseUrl: "api.example.com" });
    expect(says(report, "reach")).toMatch(/is no address that can be called/);
  });

  test("a key with a line break is refused before it is sent", async () => {
    const report = await tried([models], { apiKey: "sk-abc\ndef" });
    expect(says(report, "reach")).toMatch(/Copy it again, without line breaks/);
  });
});
