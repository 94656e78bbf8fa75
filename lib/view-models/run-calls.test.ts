import { expect, it } from "vitest";
import type { RunCall } from "@/lib/contracts/run-candidates";
import { callWords, costWords } from "./run-calls";

const call = (changes: Partial<RunCall> = {}): RunCall => ({
  id: "call_1",
  callKey: "c1:rec_1:0:task",
  role: "task",
  model: "gpt-x",
  recordId: "rec_1",
  attempt: 1,
  simulated: false,
  at: 0,
  inputTokens: 900,
  outputTokens: 100,
  costUsd: 0.004,
  latencyMs: 1_500,
  ...changes,
});

it("names a call by what it was for, and says when it was flown again", () => {
  expect(callWords(call())).toBe("Answer by gpt-x");
  expect(callWords(call({ model: "agent" }))).toBe("Answer by your agent");
  expect(callWords(call({ role: "judge", attempt: 2 }))).toBe("Grade by gpt-x, asked 2 times");
  expect(callWords(call({ role: "reflection", callKey: "reflect:p1-r1-repair" }))).toBe(
    "Repair of the suggested edit by gpt-x",
  );
});

it("leaves out what is not known: a sum with an unknown part is no sum", () => {
  expect(costWords([call()])).toBe("1,000 tokens · $0.0040 · 1.5 s");
  expect(costWords([call(), call({ costUsd: null, latencyMs: 500 })])).toBe(
    "2 calls · 2,000 tokens · on average 1.0 s",
  );
});
