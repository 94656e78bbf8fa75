import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LlmError } from "@/lib/llm";
import type { KeyedChatRequest } from "@/lib/rollouts/model-caller";
import type { JobModels } from "../models/model-gateway";
import { SIMULATED_MODELS } from "../projects/default-models";
import { seedFootball } from "../sample/seed-football";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createAlignmentJob } from "./alignment-job";

let server: TestServices;
let projectId: string;
let judgeId: string;

beforeEach(async () => {
  server = createTestServices();
  projectId = seedFootball(server.deps, server.actor);
  await server.idle();
  judgeId = server.services.judges.list(server.actor, projectId)[0]!.id;
});
afterEach(() => server.close());

/** From now on teachings meet this trouble on calls that it is thrown for. */
function withTrouble(troubleOf: (request: KeyedChatRequest) => LlmError | null): void {
  const { models } = server.deps;
  const forJob = (jobId: string): JobModels => {
    const own = models.forJob(jobId);
    return {
      ...own,
      call: async (ref, request, signal) => {
        const trouble = troubleOf(request);
        if (trouble) throw trouble;
        return own.call(ref, request, signal);
      },
    };
  };
  server.deps.jobs.register(
    "alignment",
    createAlignmentJob({ ...server.deps, models: { ...models, forJob } }),
  );
}

function start(): string {
  return server.services.alignments.start(server.actor, judgeId).id;
}

const read = (id: string) => server.services.alignments.get(server.actor, id);

describe("when a teaching meets trouble", () => {
  it("a lost batch makes it partial and says so; asking again buys only what is missing", async () => {
    let isBroken = true;
    withTrouble(({ callKey, role }) =>
      isBroken && role === "reflection" && callKey.startsWith("distil:")
        ? new LlmError({ kind: "bad-reply", message: "The model answered with nothing.", isRetryable: false })
        : null,
    );
    const id = start();
    await server.idle();
    const partial = read(id);
    expect(partial).toMatchObject({ state: "done", decision: "open", verdict: null });
    expect(partial.report).toMatchObject({ partial: true });
    expect(partial.report!.failedBatches[0]).toContain(
      "42 labels could not be read: The model answered with nothing.",
    );
    const boughtBefore = partial.modelCalls;
    expect(boughtBefore).toBeGreaterThan(0);
    isBroken = false;
    await server.services.alignments.control(server.actor, id, "retry");
    await server.idle();
    const whole = read(id);
    expect(whole.report).toMatchObject({ partial: false, failedBatches: [] });
    expect(whole.verdict).toBe("better");
    const { repos } = server.deps;
    const retryJob = repos.alignments.byId(id)!.jobId!;
    const repeated = repos.paidCalls.list(retryJob, { limit: 1_000, offset: 0 });
    expect(repeated.length + boughtBefore).toBe(
      whole.modelCalls + repeated.filter(({ role }) => role === "embedding").length,
    );
  });

  it("a connection that is down parks it with the cause; resumed, it goes on from what is stored", async () => {
    let isDown = true;
    withTrouble(({ role }) =>
      isDown && role === "judge"
        ? new LlmError({
            kind: "auth",
            message: "The key was refused. Type it again under Settings.",
            isRetryable: false,
          })
        : null,
    );
    const id = start();
    await until(() => read(id).state === "paused");
    expect(read(id)).toMatchObject({
      state: "paused",
      cause: expect.stringContaining("The key was refused"),
    });
    expect(read(id).draftVersionId).not.toBeNull();
    const draftVersionId = read(id).draftVersionId;
    isDown = false;
    await server.services.alignments.control(server.actor, id, "resume");
    await server.idle();
    expect(read(id)).toMatchObject({ state: "done", verdict: "better", draftVersionId });
  });

  it("cancelled, it keeps its draft and can be tried again", async () => {
    withTrouble(({ role }) =>
      role === "judge"
        ? new LlmError({ kind: "server", message: "The provider is down.", isRetryable: true })
        : null,
    );
    const id = start();
    await until(() => read(id).state === "paused");
    const cancelled = await server.services.alignments.control(server.actor, id, "cancel");
    expect(cancelled).toMatchObject({ state: "cancelled", cause: "Cancelled by Tester.", verdict: null });
    server.deps.jobs.register("alignment", createAlignmentJob(server.deps));
    await server.services.alignments.control(server.actor, id, "retry");
    await server.idle();
    expect(read(id)).toMatchObject({ state: "done", verdict: "better" });
  });
});

describe("remembered answers", () => {
  it("without an embedding model they are found by their words, and the version says so", async () => {
    server.services.projects.update(server.actor, projectId, {
      models: { ...SIMULATED_MODELS, embedding: null },
    });
    const id = start();
    await server.idle();
    const { report, draftVersionId } = read(id);
    expect(report).toMatchObject({ partial: false });
    expect(server.services.judges.version(server.actor, judgeId, draftVersionId!).version.retrieval).toBe(
      "lexical",
    );
  });
});

describe("from fifty labels on", () => {
  it("a fifth is kept aside, never learned from, and tells what each guideline does by itself", async () => {
    const { repos, newId } = server.deps;
    const labels = repos.labels.listTeaching(projectId, judgeId);
    const byAnswer = [...new Map(labels.map((label) => [label.traceId, label])).values()];
    for (const [index, label] of byAnswer.slice(0, 10).entries()) {
      const { queueId, traceId, recordId, value, reason } = label;
      const own = { id: newId("lbl"), authorId: server.actor.userId, createdAt: label.createdAt + index + 1 };
      const facts = {
        projectId,
        judgeId,
        judgeVersionId: null,
        betterAnswer: null,
        flagged: false,
        purpose: "teaching" as const,
      };
      repos.labels.commit({ ...facts, ...own, queueId, traceId, recordId, value, reason: `${reason} Yes.` });
    }
    const preflight = server.services.alignments.preflight(server.actor, judgeId);
    expect(preflight.usable).toBe(52);
    expect(preflight.checking).toBeGreaterThanOrEqual(10);
    const id = start();
    await server.idle();
    const { report, after, draftVersionId, modelCalls } = read(id);
    expect(report!.checkingLabels).toBe(preflight.checking);
    expect(after!.n).toBe(52 - preflight.checking);
    const { version, remembered } = server.services.judges.version(server.actor, judgeId, draftVersionId!);
    expect(remembered).toHaveLength(52 - preflight.checking);
    expect(report!.effects.map(({ guidelineId }) => guidelineId)).toEqual(
      version.guidelines.filter(({ active }) => active).map((guideline) => guideline.id),
    );
    expect(report!.effects.every(({ n }) => n === preflight.checking)).toBe(true);
    expect(modelCalls).toBeLessThanOrEqual(preflight.modelCalls.high);
  });
});

/** Waits for something that happens by itself soon. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000 && !isTrue(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  if (!isTrue()) throw new Error("it never came true");
}
