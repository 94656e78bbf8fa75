import { describe, expect, test } from "vitest";
import { LlmError } from "@/lib/llm";
import type { KeyedChatRequest, ModelCaller } from "./model-caller";
import { hostOf, httpSpec, rolloutJudge, rolloutSpec, scriptedCaller } from "./testing/fixtures";
import type { RolloutExecutor } from "./types";

export interface RolloutExecutorHarness {
  executor: RolloutExecutor;
  /** URL of an agent that answers `{"reply": {"text": …}, "steps": […], "usage": {…}}` as the test tells it. */
  agentUrl: string;
  /** What the agent does next, in order; the last one for ever. `hang` never answers. */
  script(...steps: ({ status: number; body: string } | "hang")[]): void;
  /** Bodies that the agent received. */
  received(): Record<string, unknown>[];
}

const never = new AbortController().signal;
const verdict = (value: number, rationale = "Fine."): string => JSON.stringify({ rationale, value });

/** What every executor of rollouts must do, wherever it runs. */
export function describeRolloutExecutor(name: string, setUp: () => RolloutExecutorHarness): void {
  describe(`${name}: chat targets`, () => {
    test("the components reach the model joined by a blank line, with the record's fields filled in", async () => {
      const { call, requests } = scriptedCaller({ task: "Answer.", judge: verdict(4) });
      const spec = rolloutSpec({
        components: { style: "Be short.", system: "You help {{team}}." },
        layout: ["system", "style"],
        inputs: { messages: [{ role: "user", content: "Why?" }], fields: { team: "the {{style}} staff" } },
      });
      await setUp().executor.execute(spec, hostOf(call), never);
      expect(requests[0]?.messages).toEqual([
        // One pass: braces inside a field are text.
        { role: "system", content: "You help the {{style}} staff.\n\nBe short." },
        { role: "user", content: "Why?" },
      ]);
    });

    test("the score is the weighted mean of the normalised grades, the feedback the judges' words", async () => {
      const { call } = scriptedCaller({
        task: "Answer.",
        judge: (key) => (key.endsWith("jv_a") ? verdict(5, "Sound.") : verdict(2, "No count.")),
      });
      const judges = [rolloutJudge("jv_a", "use", 0.75), rolloutJudge("jv_b", "safety", 0.25)];
      const outcome = await setUp().executor.execute(rolloutSpec({ judges }), hostOf(call), never);
      expect(outcome).toMatchObject({
        status: "scored",
        output: "Answer.",
        score: 0.75 * 1 + 0.25 * 0.25,
        objectives: { use: 1, safety: 0.25 },
        feedback: "use: Sound.\nsafety: No count.",
        cost: { inputTokens: 10, outputTokens: 5, simulated: false },
      });
    });

    test("call keys begin with the prefix and are the same for the same spec", async () => {
      const { call, requests } = scriptedCaller({ task: "Answer.", judge: verdict(3) });
      const { executor } = setUp();
      await executor.execute(rolloutSpec({ callKeyPrefix: "r1" }), hostOf(call), never);
      await executor.execute(rolloutSpec({ callKeyPrefix: "r1" }), hostOf(call), never);
      const keys = requests.map((request) => request.callKey);
      expect(keys.slice(0, 2)).toEqual(keys.slice(2));
      expect(keys.every((key) => key.startsWith("r1:"))).toBe(true);
      expect(new Set(keys).size).toBe(2);
    });

    test("a known answer is judged without asking the assistant again", async () => {
      const { call, requests } = scriptedCaller({ task: "never asked", judge: verdict(4) });
      const spec = rolloutSpec({ knownOutput: { output: "Known.", steps: [] } });
      const outcome = await setUp().executor.execute(spec, hostOf(call), never);
      expect(outcome).toMatchObject({ status: "scored", output: "Known.", score: 0.75 });
      expect(requests.map((request) => request.role)).toEqual(["judge"]);
    });

    test("a missing field is a failure that says which, before anything is asked", async () => {
      const { call, requests } = scriptedCaller({ task: "x", judge: verdict(1) });
      const outcome = await setUp().executor.execute(
        rolloutSpec({ components: { system: "Help {{ team }}." } }),
        hostOf(call),
        never,
      );
      expect(outcome).toMatchObject({ status: "failed", answered: false });
      expect(outcome.status === "failed" && outcome.cause).toContain("{{team}}");
      expect(requests).toHaveLength(0);
    });

    test("provider trouble is a failed rollout with its cause, not answered", async () => {
      const call: ModelCaller = () =>
        Promise.reject(new LlmError({ kind: "server", isRetryable: true, message: "It is down." }));
      const outcome = await setUp().executor.execute(rolloutSpec(), hostOf(call), never);
      expect(outcome).toMatchObject({
        status: "failed",
        answered: false,
        cause: "It is down.",
        output: null,
      });
    });

    test("an empty answer is a failure that counts as answered", async () => {
      const { call } = scriptedCaller({ task: "  ", judge: verdict(1) });
      expect(await setUp().executor.execute(rolloutSpec(), hostOf(call), never)).toMatchObject({
        status: "failed",
        answered: true,
      });
    });

    test("a judge that cannot grade makes it a failure that keeps the answer; no number is made up", async () => {
      const { call } = scriptedCaller({ task: "Answer.", judge: "no JSON at all" });
      const outcome = await setUp().executor.execute(rolloutSpec(), hostOf(call), never);
      expect(outcome).toMatchObject({ status: "failed", answered: true, output: "Answer." });
      expect(outcome).not.toHaveProperty("score");
    });

    test("a bug or a spending cap is not hidden in a failed rollout", async () => {
      const call: ModelCaller = () => Promise.reject(new RangeError("money cap"));
      await expect(setUp().executor.execute(rolloutSpec(), hostOf(call), never)).rejects.toThrow("money cap");
    });

    test("an abort rejects with its own reason", async () => {
      const aborter = new AbortController();
      const reason = new Error("stopped");
      const call: ModelCaller = (_ref, _request, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        );
      const outcome = setUp()
        .executor.execute(rolloutSpec(), hostOf(call), aborter.signal)
        .catch((error: unknown) => error);
      aborter.abort(reason);
      expect(await outcome).toBe(reason);
    });
  });

  describe(`${name}: HTTP targets`, () => {
    const good = JSON.stringify({
      reply: { text: "From the agent." },
      steps: [{ tool: "search", arguments: { q: "x" }, result: "3 hits", ms: 12 }],
      usage: { input_tokens: 7, output_tokens: 3 },
    });

    test("the agent gets the conversation, fields, prompts as they are, ids and dry_run", async () => {
      const harness = setUp();
      harness.script({ status: 200, body: good });
      const { call, requests } = scriptedCaller({ task: "unused", judge: verdict(5) });
      const spec = httpSpec(harness.agentUrl, { components: { system: "Help {{team}}." } });
      const outcome = await harness.executor.execute(spec, hostOf(call), never);
      expect(harness.received()[0]).toEqual({
        messages: spec.inputs.messages,
        fields: spec.inputs.fields,
        prompts: { system: "Help {{team}}." },
        run_id: spec.runId,
        rollout_id: spec.rolloutId,
        dry_run: true,
      });
      expect(outcome).toMatchObject({
        status: "scored",
        output: "From the agent.",
        steps: [{ tool: "search", arguments: '{"q":"x"}', result: "3 hits", ms: 12 }],
        cost: { inputTokens: 7, outputTokens: 3 },
      });
      expect(shownTo(requests, "judge")).toContain("3 hits");
    });

    test("a 500 is repeated, a 400 is not", async () => {
      const harness = setUp();
      const { call } = scriptedCaller({ task: "", judge: verdict(5) });
      harness.script({ status: 503, body: "busy" }, { status: 200, body: good });
      expect((await harness.executor.execute(httpSpec(harness.agentUrl), hostOf(call), never)).status).toBe(
        "scored",
      );
      harness.script({ status: 400, body: "what?" });
      const before = harness.received().length;
      const refused = await harness.executor.execute(httpSpec(harness.agentUrl), hostOf(call), never);
      expect(refused).toMatchObject({ status: "failed", answered: false });
      expect(refused.status === "failed" && refused.cause).toContain("status 400");
      expect(harness.received()).toHaveLength(before + 1);
    });

    test("a reply without text at the pointer, or without JSON, is answered but failed", async () => {
      const harness = setUp();
      const { call } = scriptedCaller({ task: "", judge: verdict(5) });
      harness.script({ status: 200, body: '{"other": 1}' });
      const missing = await harness.executor.execute(httpSpec(harness.agentUrl), hostOf(call), never);
      expect(missing).toMatchObject({ status: "failed", answered: true });
      expect(missing.status === "failed" && missing.cause).toContain("/reply/text");
      harness.script({ status: 200, body: "<html>" });
      expect(await harness.executor.execute(httpSpec(harness.agentUrl), hostOf(call), never)).toMatchObject({
        status: "failed",
        answered: true,
      });
    });

    test("an agent that hangs ends at the target's time limit, and an abort at once", async () => {
      const harness = setUp();
      const { call } = scriptedCaller({ task: "", judge: verdict(5) });
      harness.script("hang");
      const late = await harness.executor.execute(httpSpec(harness.agentUrl, {}, 40), hostOf(call), never);
      expect(late.status === "failed" && late.cause).toContain("did not answer within");
      const aborter = new AbortController();
      const outcome = harness.executor
        .execute(httpSpec(harness.agentUrl, {}, 60_000), hostOf(call), aborter.signal)
        .catch((error: unknown) => error);
      const reason = new Error("stopped");
      aborter.abort(reason);
      expect(await outcome).toBe(reason);
    });
  });
}

function shownTo(requests: readonly KeyedChatRequest[], role: string): string {
  return requests
    .filter((request) => request.role === role)
    .map((request) => request.messages.map((message) => message.content).join("\n"))
    .join("\n");
}
