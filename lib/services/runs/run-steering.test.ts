import { afterEach, describe, expect, it } from "vitest";
import { startRunInput } from "@/lib/contracts/runs";
import { clinicFixture } from "../sample/clinic-fixture";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

/** A run of the clinic's records at which something is done when the given call is made. */
function runWith(at: number, act: (runId: string) => void, maxMetricCalls = 40) {
  let calls = 0;
  let runId = "";
  server = createTestServices(
    {},
    {
      wrapSandboxFetch: (fetch) => (input, init) => {
        calls += 1;
        if (calls === at) act(runId);
        return fetch(input, init);
      },
    },
  );
  const seeded = server.seed(clinicFixture);
  const input = startRunInput.parse({
    promptVersionId: seeded.version?.id,
    judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }],
    maxMetricCalls,
  });
  runId = server.services.runs.start(server.actor, seeded.project.id, input).id;
  return { runId, seeded };
}

const BY_HAND = "Ask for the age first. Name every red flag, and say when to call an ambulance.";
const addEdit = (runId: string) =>
  server.services.runs.steer(server.actor, runId, {
    kind: "add-candidate",
    parentId: "c0",
    components: { system: BY_HAND },
    summary: "written by the nurse lead",
  });

describe("a text written by hand", () => {
  it("is tried and scored like any other, and its row, text and log say who wrote it", async () => {
    const { runId } = runWith(30, addEdit);
    await server.idle();
    const run = server.services.runs.get(server.actor, runId);
    const row = run.view.candidates.find(({ byHand }) => byHand);
    expect(row).toMatchObject({ summary: "written by the nurse lead", parentIds: ["c0"] });
    expect(["accepted", "rejected"]).toContain(row?.status);
    expect(row?.compared?.records).toBeGreaterThan(0);
    const detail = server.services.runs.candidate(server.actor, runId, row?.candidateId ?? "");
    expect(detail.components.system).toBe(BY_HAND);
    expect(detail.reflection).toBeNull();
    expect(run.view.metricCalls).toBeLessThanOrEqual(40);
    expect(run.view.log.map(({ type }) => type)).toContain("hand-edit-proposed");
  });

  it.each([
    [{ parentId: "c99", components: { system: "x" } }, "not-found"],
    [{ parentId: "c0", components: { other: "x" } }, "invalid-input"],
    [{ parentId: "c0", components: {} }, "invalid-input"],
  ])("that cannot be tried is refused at once: %j", async (edit, code) => {
    const { runId } = runWith(1, () => undefined);
    const steer = () =>
      server.services.runs.steer(server.actor, runId, { kind: "add-candidate", summary: "", ...edit });
    expect(steer).toThrow(expect.objectContaining({ code }));
    await server.services.runs.control(server.actor, runId, "cancel");
    await server.idle();
  });
});

describe("a raised budget", () => {
  it("holds from the next decision: the run goes on past its first limit, never past the new one", async () => {
    const { runId } = runWith(20, (id) => {
      server.services.runs.steer(server.actor, id, {
        kind: "raise-budget",
        maxMetricCalls: 60,
        maxUsd: null,
        maxMinutes: null,
      });
    });
    await server.idle();
    const run = server.services.runs.get(server.actor, runId);
    expect(run.caps.maxMetricCalls).toBe(60);
    expect(run.view.maxMetricCalls).toBe(60);
    expect(run.manifest.maxMetricCalls).toBe(40);
    expect(run.view.metricCalls).toBeGreaterThan(40);
    expect(run.view.metricCalls).toBeLessThanOrEqual(60);
    const [row] = server.services.runs.list(server.actor, run.projectId);
    expect(row?.maxMetricCalls).toBe(60);
  });

  it("is refused when it is none", async () => {
    const { runId } = runWith(1, () => undefined);
    const input = { kind: "raise-budget", maxMetricCalls: 40, maxUsd: null, maxMinutes: null } as const;
    expect(() => server.services.runs.steer(server.actor, runId, input)).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
    await server.services.runs.control(server.actor, runId, "cancel");
    await server.idle();
  });
});
