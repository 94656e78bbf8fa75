import { describe, expect, it } from "vitest";
import type { JudgeComparison, JudgeReading } from "@/lib/contracts/judge-checks";
import type { JudgeVersionView } from "@/lib/contracts/judges";
import { builderChanges, builderDraftOf } from "./judge-builder";
import { diffVersions, gradeRows, movedFirst, movedWords, unseenWords } from "./judge-comparison";
import { noiseWords } from "./judge-noise";
import { parsedSchema, ruleWords } from "./judge-rule";
import { changeWords, endOfDay, setAsideWords } from "./judge-standard";

const SCALE = { kind: "numeric", min: 1, max: 5, step: 1 } as const;

function version(changes: Partial<JudgeVersionView> = {}): JudgeVersionView {
  return {
    id: "v1",
    judgeId: "j",
    version: 1,
    status: "in-use",
    origin: "written",
    parentVersionId: null,
    alignmentId: null,
    instructions: "Look at {{ outputs }}. Be fair to short answers.",
    anchors: [{ value: 1, meaning: "Wrong" }],
    goodEnough: 4,
    guidelines: [],
    episodeCount: 0,
    retrieval: "lexical",
    rule: null,
    createdAt: 1,
    createdBy: "Ray",
    ...changes,
  };
}

function guideline(id: string, text: string, active = true): JudgeVersionView["guidelines"][number] {
  return { id, text, active, sourceLabelIds: ["l"], conflictsWith: [], editedByPerson: false };
}

function graded(value: number): JudgeReading {
  return { status: "graded", value, shown: String(value), normalised: (value - 1) / 4, rationale: "because" };
}

function answer(traceId: string, before: number, after: number): JudgeComparison["answers"][number] {
  return {
    traceId,
    recordId: "r",
    question: traceId,
    answer: "a",
    experts: [],
    before: graded(before),
    after: graded(after),
  };
}

describe("the builder", () => {
  it("sends what differs from the saved version, and nothing when nothing does", () => {
    const draft = builderDraftOf(SCALE, version());
    expect(builderChanges(SCALE, version(), draft)).toBeNull();
    expect(builderChanges(SCALE, version(), { ...draft, instructions: "New {{ outputs }}." })).toEqual({
      instructions: "New {{ outputs }}.",
    });
    expect(
      builderChanges(SCALE, version(), {
        ...draft,
        goodEnough: 3,
        meanings: ["Wrong", "", "", "", "Perfect"],
      }),
    ).toEqual({
      goodEnough: 3,
      anchors: [
        { value: 1, meaning: "Wrong" },
        { value: 5, meaning: "Perfect" },
      ],
    });
  });
});

describe("two versions on the same answers", () => {
  const answers = [answer("same", 4, 4), answer("a bit", 4, 3), answer("much", 5, 2), answer("up", 2, 3)];

  it("counts grades under both, and says how many moved which way", () => {
    expect(gradeRows(SCALE, answers)).toEqual([
      { label: "1", before: 0, after: 0 },
      { label: "2", before: 1, after: 1 },
      { label: "3", before: 0, after: 2 },
      { label: "4", before: 2, after: 1 },
      { label: "5", before: 1, after: 0 },
    ]);
    expect(movedWords(answers)).toBe("3 of 4 have another grade: 2 lower, 1 higher.");
    expect(movedWords([answer("same", 4, 4)])).toBe("All 1 have the same grade under both.");
  });

  it("says what is known of agreement, and what it takes to know", () => {
    const names = { before: "v1", after: "v2" };
    expect(unseenWords(null, names)).toContain("not measurable yet");
    expect(unseenWords({ n: 12, before: 7, after: 10 }, names)).toBe(
      "On 12 labels that neither learned from, v2 agrees with the experts on 10, v1 on 7.",
    );
  });

  it("puts what moved most first", () => {
    expect(movedFirst(answers).map(({ traceId }) => traceId)).toEqual(["much", "a bit", "up", "same"]);
  });
});

describe("what differs between versions", () => {
  it("is nothing when they are told the same", () => {
    expect(diffVersions(SCALE, version(), version())).toEqual({
      instructions: null,
      guidelines: [],
      grades: [],
      remembered: null,
    });
  });

  it("names guidelines by what became of them, sentences, grades, the line, and what is remembered", () => {
    const before = version({
      guidelines: [guideline("a", "Old words."), guideline("b", "Gone."), guideline("c", "Quiet.")],
    });
    const after = version({
      instructions: "Look at {{ outputs }}. Be strict with short answers.",
      anchors: [],
      goodEnough: 3,
      guidelines: [guideline("a", "New words."), guideline("c", "Quiet.", false), guideline("d", "Fresh.")],
      episodeCount: 12,
    });
    const diff = diffVersions(SCALE, before, after);
    expect(diff.guidelines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "reworded New words.",
      "switched-off Quiet.",
      "added Fresh.",
      "removed Gone.",
    ]);
    expect(diff.instructions?.changed).toBe(1);
    expect(diff.grades).toEqual([
      "Good enough from 3, was 4.",
      '1 now means "nothing written", was "Wrong".',
    ]);
    expect(diff.remembered).toEqual({ before: 0, after: 12 });
  });
});

describe("words", () => {
  it("of noise", () => {
    expect(noiseWords({ sdGrades: 0.42, flips: 1, answers: 10, readings: 3, failed: 2 })).toBe(
      "10 answers, read 3 times each. A grade moves by about 0.4 of a grade from reading to reading. 1 answer changed sides of good enough. 2 readings gave no grade.",
    );
    expect(noiseWords({ sdGrades: 0, flips: 0, answers: 1, readings: 2, failed: 0 })).toBe(
      "1 answer, read 2 times each. Every reading gave the same grade. No answer changed sides of good enough.",
    );
    expect(noiseWords({ sdGrades: null, flips: 0, answers: 0, readings: 2, failed: 4 })).toContain(
      "too few grades",
    );
  });

  it("of rules", () => {
    expect(ruleWords({ kind: "length", minWords: null, maxWords: 120 })).toBe(
      "An answer passes when it has at most 120 words.",
    );
    expect(ruleWords({ kind: "length", minWords: 3, maxWords: 9 })).toContain("3 to 9 words");
    expect(ruleWords({ kind: "never-contains", text: "AI", caseSensitive: true })).toBe(
      'An answer passes when it does not contain "AI", capital letters as written.',
    );
    expect(ruleWords({ kind: "tool-called", tool: "book", expected: false })).toContain(
      "book was not called",
    );
    expect(parsedSchema("null")).toEqual({ isJson: true, schema: null });
    expect(parsedSchema("{")).toEqual({ isJson: false });
  });

  it("of a changed standard", () => {
    const preview = {
      baseVersion: 1,
      untouched: [],
      tags: [],
      remembered: 3,
      affected: [guideline("x", "X")],
    };
    expect(setAsideWords({ ...preview, labels: 4, left: 6, removed: [guideline("y", "Y")] })).toBe(
      "4 of 10 labels are set aside. The judge forgets 1 guideline and 3 remembered answers. 1 guideline is worded anew when it is next taught.",
    );
    expect(setAsideWords({ ...preview, labels: 0, left: 6, removed: [] })).toBe("No label falls under this.");
    expect(new Date(endOfDay("2026-11-26")).getHours()).toBe(0);
    expect(endOfDay("2026-11-27") - endOfDay("2026-11-26")).toBe(86_400_000);
    const change = {
      id: "s",
      before: 1,
      reason: "r",
      versionId: null,
      undoneAt: null,
      createdBy: "Ray",
      createdAt: 1,
    };
    expect(changeWords({ ...change, tag: "red zone", labels: 1, retired: ["Y"] })).toBe(
      '1 label of "red zone" set aside, 1 guideline retired.',
    );
  });
});
