import { expect, it } from "vitest";
import { exitCodeOf, type HeadlessResult } from "./result";

const holdout = { before: 0.5, after: 0.6, n: 7, better: 3, worse: 1, same: 3 };
const result = (change: Partial<HeadlessResult> = {}): HeadlessResult => ({
  bestPrompt: "Answer.",
  initialScore: 0.5,
  finalScore: 0.7,
  holdout,
  metricCalls: 75,
  llmCalls: { task: 89, judge: 89, reflection: 6 },
  candidates: 5,
  wallMs: 1000,
  stopReason: "budget",
  failures: {
    calls: { task: {}, judge: {}, reflection: {} },
    repairs: { judge: 0, reflection: 0 },
    rollouts: 0,
    proposals: {},
    holdout: 0,
  },
  ...change,
});

it.each([
  ["better on the holdout", result(), false, 0],
  [
    "better on the comparison records, not on the holdout",
    result({ holdout: { ...holdout, after: 0.5 } }),
    false,
    3,
  ],
  ["no holdout, better on the comparison records", result({ holdout: null }), false, 0],
  ["no holdout, no better", result({ holdout: null, finalScore: 0.5 }), false, 3],
  ["the starting prompt is the best", result(), true, 3],
  ["nothing was scored", result({ holdout: null, initialScore: null, finalScore: null }), false, 3],
  ["stopped by a person, but better", result({ stopReason: "user" }), false, 0],
  ["no record of the holdout could be scored", result({ holdout: { ...holdout, n: 0 } }), false, 4],
  ["stopped by failures, whatever the scores", result({ stopReason: "rollouts-failing" }), false, 4],
  ["reflections failed", result({ stopReason: "reflection-failing" }), false, 4],
  ["the connection was given up", result({ stopReason: "connection-failing" }), false, 4],
])("%s", (_what, outcome, isStartingPrompt, code) => {
  expect(exitCodeOf(outcome, isStartingPrompt)).toBe(code);
});
