import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import type { Repos } from "@/db/repos/create-repos";
import { seededRepos } from "@/db/testing/seed";
import { type ConnectionSpec, createFairPool } from "@/lib/llm";
import { newId } from "@/lib/util/new-id";
import { createMonthPurse } from "../spend/month-purse";
import { createModelGateway } from "./model-gateway";

let database: Database;
let repos: Repos;
const asked: string[] = [];
let answer: (body: { messages: { content: string }[] }) => Response | Promise<Response>;

const spec: ConnectionSpec = {
  id: "con_test",
  name: "Test",
  kind: "real",
  baseUrl: "http://models.test/v1",
  apiKey: "key",
  headers: {},
  prices: { "model-a": { inputPerMillion: 1, outputPerMillion: 2 } },
  maxConcurrency: 4,
  timeoutMs: 1_000,
};
const ref = { connectionId: spec.id, model: "model-a", settings: { temperature: 0 } };
const { signal } = new AbortController();
const jobRow = {
  kind: "run",
  caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
  total: 1,
  actorId: "system:test",
  at: 1,
} as const;

beforeEach(() => {
  const seeded = seededRepos();
  database = seeded.database;
  repos = seeded;
  asked.length = 0;
  answer = ({ messages }) =>
    Response.json({
      choices: [
        { finish_reason: "stop", message: { role: "assistant", content: `to ${messages[0]?.content}` } },
      ],
      usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000, total_tokens: 1_500_000 },
    });
  repos.jobs.enqueue({ ...jobRow, id: "job_a", projectId: null, subjectId: "run_a" });
});
afterEach(() => database.close());

function seededSettings() {
  const project = repos.projects.byId("prj");
  if (!project) throw new Error("no project was seeded");
  return project.settings;
}

const gateway = () =>
  createModelGateway({
    connectionSpec: () => spec,
    fetchFor: () => async (_input, init) => {
      const body = JSON.parse(String(init?.body)) as { messages: { content: string }[] };
      asked.push(body.messages[0]?.content ?? "");
      return answer(body);
    },
    pool: createFairPool(4),
    paidCalls: repos.paidCalls,
    spend: repos.spend,
    commit: repos.commit,
    purse: createMonthPurse(repos, () => 5),
    now: () => 5,
    newId,
  });

const request = (callKey: string, content = "hello") =>
  ({ callKey, role: "task", messages: [{ role: "user", content }], sample: 0 }) as const;

describe("architecture.md, Paid calls: every model reply is committed before it is used, and never bought again", () => {
  it("a reply that a full disk would not take is kept until it does, and not asked for again", async () => {
    const models = gateway().forJob("job_a");
    const complete = vi.spyOn(repos.paidCalls, "complete").mockImplementationOnce(() => {
      throw Object.assign(new Error("full"), { code: "SQLITE_FULL" });
    });
    await expect(models.call(ref, request("k"), signal)).rejects.toThrow("full");
    expect(repos.paidCalls.find("job_a", "k")).toBeNull();
    expect(await models.call(ref, request("k"), signal)).toMatchObject({ text: "to hello" });
    expect([asked.length, complete.mock.calls.length]).toEqual([1, 2]);
    expect(repos.paidCalls.find("job_a", "k")).toMatchObject({ attempt: 1, costUsd: 2 });
  });

  it("asks once for a key, whoever asks again, in this process or the next", async () => {
    const first = await gateway().forJob("job_a").call(ref, request("c0:rec_1:0"), signal);
    const again = await gateway().forJob("job_a").call(ref, request("c0:rec_1:0"), signal);
    expect(again).toEqual(first);
    expect(asked).toEqual(["hello"]);
    expect(repos.paidCalls.find("job_a", "c0:rec_1:0")).toMatchObject({
      costUsd: 2,
      inputTokens: 1_000_000,
      role: "task",
    });
  });

  it("refuses to answer another request with the reply that is stored under its key", async () => {
    const models = gateway().forJob("job_a");
    await models.call(ref, request("c0:rec_1:0"), signal);
    await expect(models.call(ref, request("c0:rec_1:0", "something else"), signal)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("keeps nothing of a call that failed, so that it can be asked again", async () => {
    const models = gateway().forJob("job_a");
    const good = answer;
    answer = () => Response.json({ error: { message: "no such model" } }, { status: 404 });
    await expect(models.call(ref, request("k"), signal)).rejects.toMatchObject({ kind: "not-found" });
    expect(repos.paidCalls.find("job_a", "k")).toBeNull();
    answer = good;
    await expect(models.call(ref, request("k"), signal)).resolves.toMatchObject({ text: "to hello" });
  });

  it("remembers failed attempts of a job by role and kind, also where the repetition succeeds", async () => {
    const models = gateway();
    const good = answer;
    let calls = 0;
    answer = (body) => {
      calls += 1;
      if (calls === 1)
        return new Response('{"choices": [', { headers: { "content-type": "application/json" } });
      return calls === 2 ? good(body) : Response.json({ error: { message: "no" } }, { status: 404 });
    };
    await expect(models.forJob("job_a").call(ref, request("k"), signal)).resolves.toMatchObject({
      text: "to hello",
    });
    const judge = { ...request("j"), role: "judge" } as const;
    await expect(models.forJob("job_a").call(ref, judge, signal)).rejects.toMatchObject({
      kind: "not-found",
    });
    expect(models.troublesOf("job_a")).toEqual(
      new Map([
        ["task", new Map([["bad-reply", 1]])],
        ["judge", new Map([["not-found", 1]])],
      ]),
    );
    expect(models.troublesOf("job_b").size).toBe(0);
  });

  it("counts a call that was cut off in flight as repeated when it is made again", async () => {
    const models = gateway().forJob("job_a");
    const controller = new AbortController();
    const good = answer;
    answer = () => {
      controller.abort(new Error("stopped"));
      return good({ messages: [] });
    };
    await expect(models.call(ref, request("k"), controller.signal)).rejects.toThrow("stopped");
    answer = good;
    await models.call(ref, request("k"), signal);
    expect(repos.paidCalls.totals("job_a")).toMatchObject([{ role: "task", calls: 1, repeated: 1 }]);
  });

  describe("counts what nobody tells a price of as the most it can have cost", () => {
    const longest = { ...ref, settings: { temperature: 0, maxOutputTokens: 1_000_000 } };
    const spent = () => repos.spend.since("prj", 0);
    let jobs: ReturnType<typeof gateway>;
    beforeEach(() => {
      repos.jobs.enqueue({ ...jobRow, id: "job_p", projectId: "prj", subjectId: "run_p" });
      jobs = gateway();
    });

    it("a call that is cut off in the air, and its repetition beside it", async () => {
      const controller = new AbortController();
      const good = answer;
      answer = () => {
        controller.abort(new Error("stopped"));
        return good({ messages: [] });
      };
      await expect(jobs.forJob("job_p").call(longest, request("k"), controller.signal)).rejects.toThrow();
      const cut = spent();
      expect(cut).toBeGreaterThan(2);
      answer = good;
      await jobs.forJob("job_p").call(longest, request("k"), signal);
      expect(spent()).toBeCloseTo(cut + 2, 9);
    });

    it("a call of a process that was killed meanwhile", async () => {
      answer = () => new Promise(() => undefined);
      void jobs.forJob("job_p").call(longest, request("k"), signal);
      await vi.waitFor(() => expect(asked).toHaveLength(1));
      const next = createMonthPurse(repos, () => 5);
      repos.projects.update("prj", { settings: { ...seededSettings(), monthlyCapUsd: 3 } }, 5);
      expect(next.left("prj")).toBeCloseTo(3 - spent(), 9);
      expect(spent()).toBeGreaterThan(2);
    });

    it("not one that was stopped before it was sent, nor one that the endpoint refused", async () => {
      const controller = new AbortController();
      controller.abort(new Error("stopped"));
      await expect(jobs.forJob("job_p").call(longest, request("k"), controller.signal)).rejects.toThrow();
      answer = () => Response.json({ error: { message: "no such model" } }, { status: 404 });
      await expect(jobs.forJob("job_p").call(longest, request("k"), signal)).rejects.toThrow();
      expect(spent()).toBe(0);
    });

    it("outside of jobs as well: what it cost is kept, what was said is not", async () => {
      const account = jobs.forProject("prj", "try-question");
      await account.call(ref, request("k", "a secret question"), signal);
      expect(spent()).toBe(2);
      const controller = new AbortController();
      answer = () => {
        controller.abort(new Error("the page was closed"));
        return Response.json({});
      };
      await expect(account.call(longest, request("k"), controller.signal)).rejects.toThrow();
      expect(spent()).toBeGreaterThan(4);
      const rows = database.raw.prepare("select * from jobless_calls").all();
      expect(rows).toHaveLength(2);
      expect(JSON.stringify(rows)).not.toContain("secret");
    });
  });

  it("asks the guard before a new call, and not for a kept reply", async () => {
    const refused: string[] = [];
    const guard = {
      beforeCall: (_ref: unknown, { callKey }: { callKey: string }) => {
        refused.push(callKey);
        if (callKey === "too-dear") throw new Error("over the cap");
      },
    };
    const models = gateway().forJob("job_a", guard);
    await models.call(ref, request("fine"), signal);
    await models.call(ref, request("fine"), signal);
    await expect(models.call(ref, request("too-dear"), signal)).rejects.toThrow("over the cap");
    expect(refused).toEqual(["fine", "too-dear"]);
    expect(asked).toHaveLength(1);
  });
});
