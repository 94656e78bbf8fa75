import { describe, expect, it } from "vitest";
import { automaticChecks, type ChecksInput } from "./checks";
import { findCopiedText } from "./copied-text";
import { formatMarks } from "./format-marks";

const base: ChecksInput = {
  before: "You help {{team}}. Answer in at most 120 words.",
  after: "You help {{team}}. Answer in at most 120 words.",
  trainingTexts: [],
  modelConfigBefore: {},
  modelConfigAfter: {},
  conflictingSources: [],
  guidelines: [],
};
const check = (code: string, changes: Partial<ChecksInput>) =>
  automaticChecks({ ...base, ...changes }).find((one) => one.code === code);

describe("automatic checks", () => {
  it("are all fine where nothing changes", () => {
    expect(automaticChecks(base).map(({ status }) => status)).toEqual(Array(6).fill("ok"));
  });

  it("a lost variable blocks, a new one warns", () => {
    expect(check("variables", { after: "You help. Answer in at most 120 words." })).toMatchObject({
      status: "blocks",
      sentence: "Lost {{team}}, which the text in production fills in.",
    });
    expect(check("variables", { after: `${base.after} It is {{week}}.` })).toMatchObject({ status: "warns" });
  });

  it("text copied from a practice record is pointed out with its words", () => {
    const record = "They run 71 % of the time on 3rd and short, mostly inside zone behind the left guard.";
    const after = `${base.after} Say: they run 71 % of the time on 3rd and short!`;
    expect(check("copied", { after, trainingTexts: [record] })).toMatchObject({ status: "warns" });
    expect(findCopiedText(after, base.before ?? "", [record])).toEqual([
      "they run 71 % of the time on 3rd and short",
    ]);
  });

  it("what production says already is not copied, nor are seven words in a row", () => {
    const record = "one two three four five six seven eight";
    expect(findCopiedText(record, record, [record])).toEqual([]);
    expect(findCopiedText("one two three four five six seven", "", [record])).toEqual([]);
  });

  it("a format that drifts is pointed out", () => {
    expect(check("format", { after: "You help {{team}}. Answer as JSON." })?.sentence).toBe(
      "The format of answers may change: it no longer asks for at most 120 words and now asks for JSON.",
    );
    expect([...formatMarks("Rate it on a scale of 1 to 5, in bullet points.")]).toEqual([
      "bullet points",
      "a rating of 1 to 5",
    ]);
  });

  it("length is told, and growth beyond a quarter warns", () => {
    expect(check("length", { before: "a b c d", after: "a b c d e f" })).toEqual({
      code: "length",
      status: "warns",
      sentence: "50 % longer: 6 words, was 4",
    });
    expect(check("length", { before: "a b c d", after: "a b c" })).toMatchObject({
      status: "ok",
      sentence: "25 % shorter: 3 words, was 4",
    });
  });

  it("a contradiction is told only where teaching found one, and what is not checked is said", () => {
    expect(check("guidelines", {})?.sentence).toContain("no guidelines");
    const guidelines = ["Never guess an injury status."];
    const said = { after: `${base.after} Guess the injury status if asked.` };
    expect(check("guidelines", { guidelines })).toMatchObject({ status: "ok" });
    expect(check("guidelines", { ...said, guidelines })).toEqual({
      code: "guidelines",
      status: "warns",
      sentence:
        "“Guess the injury status if asked.” seems to say the opposite of the guideline “Never guess an injury status.”: look at it.",
    });
    expect(check("guidelines", { ...said, before: said.after, guidelines })).toMatchObject({ status: "ok" });
    expect(check("guidelines", { conflictingSources: [["Three sentences", "List all"]] })).toMatchObject({
      status: "warns",
    });
  });

  it("other model settings are pointed out", () => {
    expect(check("model-config", { modelConfigAfter: { temperature: 1 } })).toMatchObject({
      status: "warns",
    });
  });
});
