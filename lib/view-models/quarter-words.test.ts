import { describe, expect, it } from "vitest";
import type { QuarterAct, QuarterReport } from "@/lib/contracts/quarter-report";
import { actWords, quarterName, quarterSentence } from "./quarter-words";

const act: QuarterAct = {
  id: "ale_1",
  kind: "promotion",
  at: 0,
  promptName: "scout",
  alias: "production",
  fromVersion: 3,
  toVersion: 4,
  by: "Ada",
  reason: "",
  evidence: null,
  overridden: false,
  selfApproved: false,
  review: null,
};
const report = (counts: Partial<QuarterReport["counts"]>): QuarterReport => ({
  quarter: "2026-q4",
  from: 0,
  until: 1,
  quarters: [],
  acts: [act],
  counts: { promotions: 1, declines: 0, rollbacks: 2, overrides: 0, selfApprovals: 0, ...counts },
  waiting: 0,
  inProduction: [],
});

describe("words of a quarter", () => {
  it("names it and sums it up, what went round the gate included", () => {
    expect(quarterName("2026-q4")).toBe("4th quarter of 2026");
    expect(quarterSentence(report({}))).toBe(
      "1 promotion, 0 declines, 2 rollbacks. None went round the gate.",
    );
    expect(quarterSentence(report({ overrides: 1, selfApprovals: 2 }))).toBe(
      "1 promotion, 0 declines, 2 rollbacks. 1 went round the gate; 2 were approved by their author.",
    );
    expect(quarterSentence({ ...report({}), acts: [] })).toBe("Nothing was decided in this quarter.");
  });

  it("says what moved", () => {
    expect(actWords(act)).toBe("scout@production: v3 → v4");
    expect(actWords({ ...act, kind: "initial", fromVersion: null, toVersion: 1 })).toBe(
      "scout@production: v1",
    );
    expect(actWords({ ...act, kind: "decline" })).toBe("scout: a change was declined");
  });
});
