import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendTracesInput } from "@/lib/contracts/traces";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
});
afterEach(() => server.close());

const asked = (content: string) => ({ messages: [{ role: "user", content }] });
const send = (traces: unknown[], project = projectId) =>
  server.services.evaluations.send(server.actor, sendTracesInput.parse({ project, traces }));
const records = () => server.deps.repos.records.counts(projectId).total;

describe("answers that come from outside", () => {
  it("keep their steps, and a question that no record asks becomes one that says nothing of a good answer yet", () => {
    const before = records();
    const steps = [{ tool: "lookup", arguments: '{"down": 3}', result: "12 plays" }];
    const { items } = send([
      { id: "call-1", inputs: asked("What on 3rd and 9?"), output: "They pass.", steps, tags: ["live"] },
    ]);
    expect(items).toEqual([
      {
        traceId: expect.any(String),
        id: "call-1",
        recordId: expect.any(String),
        created: true,
        recordCreated: true,
      },
    ]);
    const [trace] = server.services.evaluations.answers(server.actor, projectId, {
      record: items[0]?.recordId,
      limit: 5,
    }).items;
    expect(trace).toMatchObject({
      state: "OK",
      output: "They pass.",
      simulated: false,
      steps: [{ tool: "lookup", ms: null }],
      provenance: "Real conversation, sent in by Tester · not live",
    });
    expect(server.deps.repos.records.byId(items[0]?.recordId ?? "")).toMatchObject({
      source: "api",
      set: "unassigned",
      tags: ["live"],
    });
    expect(records()).toBe(before + 1);
  });

  it("a name that was sent before is kept once, in one batch and in the next", () => {
    const trace = { id: "call-1", inputs: asked("What on 3rd and 9?"), output: "They pass." };
    const first = send([trace, { ...trace, output: "They run." }]);
    expect(first.items.map(({ created }) => created)).toEqual([true, false]);
    expect(send([trace]).items[0]).toMatchObject({ traceId: first.items[0]?.traceId, created: false });
    const answers = server.services.evaluations.answers(server.actor, projectId, {
      record: first.items[0]?.recordId,
      limit: 5,
    });
    expect(answers.items.map(({ output }) => output)).toEqual(["They pass."]);
  });

  it("the same question is one record; an error without words of the agent is an ERROR", () => {
    const { items } = send([
      { inputs: asked("Same?"), output: "One." },
      { inputs: asked("Same?"), error: "The tool was down." },
    ]);
    expect(new Set(items.map(({ recordId }) => recordId)).size).toBe(1);
    const answers = server.services.evaluations.answers(server.actor, projectId, {
      record: items[0]?.recordId,
      limit: 5,
    });
    expect(answers.items.map(({ state, cause }) => [state, cause]).sort()).toEqual([
      ["ERROR", "The tool was down."],
      ["OK", null],
    ]);
  });

  it("one bad trace keeps all of them out, and is named", () => {
    const before = records();
    expect(() =>
      send([
        { inputs: asked("Fine?"), output: "Yes." },
        { recordId: "rec_elsewhere", output: "x" },
      ]),
    ).toThrow(/traces\.1\.recordId: There is no record rec_elsewhere.*Nothing was kept/);
    expect(records()).toBe(before);
    expect(sendTracesInput.safeParse({ traces: [{ output: "x" }] }).success).toBe(false);
    expect(sendTracesInput.safeParse({ traces: [{ inputs: asked("x") }] }).success).toBe(false);
  });

  it("a key sends to its own project alone, and a project without personal data takes none", () => {
    const key = {
      kind: "key",
      keyId: "key_1",
      name: "agent-a",
      projectId,
      scopes: ["traces:write"],
    } as const;
    const input = sendTracesInput.parse({ traces: [{ inputs: asked("From the key?"), output: "Yes." }] });
    expect(server.services.evaluations.send(key, input).items[0]?.created).toBe(true);
    expect(() => server.services.evaluations.send(key, { ...input, project: "prj_other" })).toThrow(
      /no such project/,
    );
    expect(() => server.services.evaluations.send(server.actor, input)).toThrow(/Say which project/);
    const settings = server.services.projects.get(server.actor, projectId).settings;
    server.services.projects.update(server.actor, projectId, {
      settings: { ...settings, blockPersonalData: true },
    });
    expect(() => send([{ inputs: asked("Call +49 170 1234567"), output: "Yes." }])).toThrow(
      /keeps no personal data/,
    );
  });
});
