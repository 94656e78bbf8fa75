import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEvaluationInput } from "@/lib/contracts/evaluations";
import { startRunInput } from "@/lib/contracts/runs";
import type { FetchLike } from "@/lib/llm";
import { createEmbeddingsFor } from "../judges/embeddings";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

// Every place that asks a model or an agent does it on some account: a job's (`paid_calls`) or a project's
// (`jobless_calls`). Walked here in a project of the simulated models, whose network counts what is sent.

const root = path.resolve(import.meta.dirname, "../../..");
const never = new AbortController().signal;
let world: ReviewWorld;
let sent: number;

beforeEach(() => {
  sent = 0;
  const wrapSandboxFetch =
    (fetch: FetchLike): FetchLike =>
    (url, init) => {
      sent += 1;
      return fetch(url, init);
    };
  world = reviewWorld({}, { wrapSandboxFetch });
});
afterEach(() => world.server.close());

/** Calls that stand in the books, repetitions included. */
function booked(projectId: string): number {
  return world.services.spend.month(world.actor, projectId).total.calls;
}

describe("what is sent and what is counted", () => {
  it("is the same, whoever asks", async () => {
    const { services, actor, server } = world;
    const { repos } = server.deps;
    const projectId = services.projects.openSample(actor).id;
    await server.idle();
    const judgeId = repos.labels.list(projectId)[0]?.judgeId ?? "";
    const judgeVersionId = (repos.judges.inUse(judgeId) ?? repos.judges.draft(judgeId))?.id ?? "";
    const [prompt] = repos.prompts.list(projectId);
    const promptVersionId = repos.prompts.versions(prompt?.id ?? "")[0]?.id;
    const walk: Record<string, () => unknown> = {
      "a question that is tried": () => {
        const texts = [{ system: "Be brief." }, { system: "Be long." }];
        return services.evaluations.tryQuestion(
          actor,
          projectId,
          { question: "Who gets the ball?", texts, fields: {} },
          never,
        );
      },
      "a round of answers": () => {
        const round = { promptVersionId, queueSize: 4 };
        return services.evaluations.start(actor, projectId, startEvaluationInput.parse(round));
      },
      "a draft of what a good answer does": () =>
        services.drafts.draft(actor, repos.labels.list(projectId)[0]?.recordId ?? ""),
      "teaching the judge": () => services.alignments.start(actor, judgeId),
      "a trial of the judge": () =>
        services.judgeChecks.start(actor, judgeId, {
          kind: "noise",
          versionId: judgeVersionId,
          otherVersionId: null,
          changes: null,
          traceIds: [services.judgeChecks.answers(actor, judgeId).items[0]?.traceId ?? ""],
          readings: 2,
        }),
      "a run": () => {
        const judges = [{ judgeVersionId, weight: 1 }];
        const run = { promptVersionId, judges, maxMetricCalls: 40, reason: "a test" };
        return services.runs.start(actor, projectId, startRunInput.parse(run));
      },
      "a look at the sealed records": () => {
        const components = { system: "Answer in one sentence." };
        const review = services.reviews.create(actor, projectId, { promptId: prompt?.id ?? "", components });
        return services.reviews.buyEvidence(actor, review.id);
      },
      "memory of a judge at work": () => {
        const { models } = services.projects.get(actor, projectId);
        const embedding = { ...models.task, model: "sim-embedding" };
        repos.projects.update(projectId, { models: { ...models, embedding } }, 1);
        const judge = { snapshot: { judgeId, retrieval: { kind: "embedding" } } };
        return createEmbeddingsFor(server.deps)(judge as never)?.embed(["who", "why"], never);
      },
    };
    for (const [name, ask] of Object.entries(walk)) {
      const before = sent;
      await ask();
      await server.idle();
      expect(sent, `${name} asked nobody`).toBeGreaterThan(before);
      expect(booked(projectId), name).toBe(sent);
    }
  });

  it("there is no other way out: only these files make a model or post to an agent", () => {
    const files = globSync("{lib,app}/**/*.{ts,tsx}", { cwd: root }).filter(
      (file) => !/\.test\.tsx?$/.test(file),
    );
    const using = (words: RegExp): string[] =>
      files.filter((file) => words.test(readFileSync(path.join(root, file), "utf8"))).sort();
    expect(using(/\bcreateOpenAiModel\(/).filter((file) => !file.startsWith("lib/llm/"))).toEqual([
      // a worker: the server grants and notes each of its calls
      "lib/rollouts/queue/queue-worker.ts",
      "lib/services/models/model-gateway.ts",
    ]);
    // a test of a connection belongs to no project
    expect(using(/\btestConnection\(spec/)).toEqual(["lib/services/connections/connections.service.ts"]);
    expect(using(/\b(callAgent|postToAgent)\(/)).toEqual([
      "lib/rollouts/agent-call.ts",
      // both under `host.agent`, which buys
      "lib/rollouts/http-target.ts",
      "lib/services/targets/prove-prompt-used.ts",
      "lib/services/targets/test-agent.ts",
    ]);
  });
});

describe("the month's cap", () => {
  it("refuses what belongs to no job, before anything is sent, and counts what it lets through", async () => {
    const { services, actor, projectId, server, seeded } = world;
    const { repos } = server.deps;
    const ask = () =>
      services.evaluations.tryQuestion(
        actor,
        projectId,
        { question: "Who gets the ball?", texts: [{ system: "Be brief." }], fields: {} },
        never,
      );
    await ask();
    expect(services.spend.month(actor, projectId).byPurpose).toEqual([
      expect.objectContaining({ kind: "try-question", role: "task", calls: 1, usd: 0 }),
    ]);
    const connection = services.connections.create(actor, {
      name: "Paid",
      baseUrl: "http://127.0.0.1:9/v1",
      prices: { m: { inputPerMillion: 1, outputPerMillion: 1_000 } },
      headers: {},
      timeoutMs: 1_000,
      maxConcurrency: 1,
    } as never);
    repos.connections.grant(connection.id, projectId, 1);
    const models = { ...seeded.project.models };
    repos.projects.update(
      projectId,
      {
        models: { ...models, task: { connectionId: connection.id, model: "m", settings: {} } },
        settings: { ...seeded.project.settings, monthlyCapUsd: 0.5 },
      },
      1,
    );
    await expect(ask()).rejects.toMatchObject({
      code: "not-ready",
      message: expect.stringContaining("cap for the month, $0.50, is used up"),
    });
    expect(services.spend.month(actor, projectId).total).toMatchObject({ calls: 1, usd: 0 });
    repos.projects.update(projectId, { settings: { ...seeded.project.settings, monthlyCapUsd: 100 } }, 1);
    // nobody listens there: it may be asked, and nothing was paid
    expect((await ask()).answers).toEqual([expect.objectContaining({ output: null })]);
    expect(services.spend.month(actor, projectId).total).toMatchObject({ calls: 1, usd: 0 });
  });
});
