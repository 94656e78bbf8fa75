import { describe, expect, it } from "vitest";
import type { PromptCheckResult, PromptCheckView } from "@/lib/contracts/prompt-checks";
import { checkLine, figureWords, meaningWords, offerWords } from "./prompt-check-words";

const result: PromptCheckResult = {
  verdict: "worse",
  headline: "It answers worse than when it was promoted.",
  sentence: "",
  counts: { better: 1, worse: 9, same: 8, notScored: 0 },
  meanThen: 4.1,
  meanNow: 3.4,
  change: { value: -0.7, low: -1.1, high: -0.3 },
  pValue: 0.0041,
  alpha: 0.0125,
  failing: [],
  pairs: [],
};
const check: PromptCheckView = {
  id: "chk_1",
  version: 14,
  number: 2,
  state: "done",
  progress: { done: 36, total: 36 },
  cause: null,
  result,
  simulated: false,
  createdAt: 1,
  createdBy: "Jonas",
};

describe("words of a check", () => {
  it("says before the press what is asked, where it goes, and that repeats ask for more", () => {
    const offer = {
      number: 1,
      records: 18,
      answers: 18,
      host: "api.example.com",
      simulated: false,
      blocked: null,
    };
    expect(offerWords(offer)).toBe(
      "18 questions of its evidence are asked again, of today's assistant. The answers of then and of now are graded by today's judge, so what differs is the assistant, not the ruler. They go to api.example.com: 18 fresh answers, and at most 36 gradings.",
    );
    expect(offerWords({ ...offer, number: 2 })).toMatch(/It would be check 2 of this promotion/);
  });
  it("gives the figures with their test", () => {
    expect(figureWords(check, result)).toBe(
      "Means 4.10 then, 3.40 now. Mean change −0.70, 95 % bootstrap interval −1.10 to −0.30. Exact one-sided paired sign-flip test, p = 0.004; a change is called at p ≤ 0.0125 (0.025, halved at each further check; this is check 2). One reading a side.",
    );
    expect(figureWords(check, { ...result, pValue: null })).toBe("No record was scored on both sides.");
  });
  it("renews nothing where what must never fail did", () => {
    expect(meaningWords({ verdict: "no-clear-change", failing: [] })).toMatch(/^Its evidence is renewed/);
    expect(meaningWords({ verdict: "no-clear-change", failing: ["Is he hurt?"] })).toMatch(/is not renewed/);
    expect(meaningWords({ verdict: "worse", failing: ["Is he hurt?"] })).toMatch(/changed for the worse/);
  });
  it("names each check in a line", () => {
    expect(checkLine(check)).toBe("Check 2: It answers worse than when it was promoted.");
    expect(checkLine({ ...check, result: null, state: "cancelled" })).toBe("Check 2: cancelled.");
    expect(checkLine({ ...check, result: null, state: "running" })).toBe("Check 2: under way.");
  });
});
