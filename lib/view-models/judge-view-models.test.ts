import { describe, expect, it } from "vitest";
import type { LabelSource } from "@/lib/contracts/judge-page";
import type { AgreementTable, AlignmentView, JudgeVersionView } from "@/lib/contracts/judges";
import { agreementRows, agreementSentence, figureRows, testedWords } from "./judge-agreement";
import { gradesWords, prepareDifferences } from "./judge-cases";
import { anchorsOf, fittingLine, meaningsOf } from "./judge-draft";
import { conflictsToDecide, prepareGuidelines } from "./judge-guidelines";
import { instructionsParts } from "./judge-instructions";
import { prepareTeachingResult } from "./judge-result";
import { goodEnoughWords, gradesOfScale } from "./judge-scale";
import { sendingSentence } from "./judge-sending";
import { prepareTeachingSteps } from "./judge-stage";

const ONE_TO_FIVE = { kind: "numeric", min: 1, max: 5, step: 1 } as const;

type Case = AgreementTable["cases"][number];

function caseOf(index: number, changes: Partial<Case> = {}): Case {
  const ids = { labelId: `l${index}`, traceId: `t${index}`, recordId: `r${index}` };
  return {
    ...ids,
    question: `q${index}`,
    expert: "4",
    judge: "4",
    rationale: "fine",
    kind: "same",
    ...changes,
  };
}

function table(changes: Partial<AgreementTable> = {}): AgreementTable {
  return {
    n: 30,
    failed: 0,
    sameSide: 27,
    sameGrade: 21,
    withinOne: 29,
    tooKind: 2,
    tooHarsh: 1,
    mae: null,
    kappa: { value: 0.614, low: 0.4, high: 0.8, n: 30 },
    spearman: null,
    tpr: null,
    tnr: null,
    j: null,
    sameSideShare: null,
    sameGradeShare: null,
    ccc: null,
    kappaWeights: "quadratic",
    meanGrade: 3.4,
    confusion: { grades: [], grid: [] },
    cases: Array.from({ length: 30 }, (_, index) => caseOf(index)),
    ...changes,
  };
}

const human: AlignmentView["human"] = { answers: 12, pairs: 12, sameSide: 11, sameGrade: 9, alpha: 0.7 };

function taught(changes: Partial<AlignmentView> = {}) {
  const alignment = {
    verdict: "better",
    before: table({ sameSide: 21, sameGrade: 14, tooKind: 7, tooHarsh: 2 }),
    after: table(),
    human,
    report: null,
    draftVersionId: "jdv",
    ...changes,
  } as const;
  return { alignment, helpTag: "red zone" as string | null, hasConflict: false };
}

describe("the result of teaching, word for word (ux.md, moment 6)", () => {
  it("better", () => {
    expect(prepareTeachingResult(taught())).toEqual({
      title: "The judge agrees with you more often.",
      sentence:
        "On 30 answers that it had not seen: the same side of good enough on 27, was 21. Two experts agree on 11 of the 12 they both labelled. Still too kind on 2, too harsh on 1.",
      next: "use",
    });
  });

  it("unclear", () => {
    const result = prepareTeachingResult(taught({ verdict: "unclear", before: table({ sameSide: 26 }) }));
    expect(result).toEqual({
      title: "No clear change.",
      sentence:
        "27 against 26 of 30 could be chance. The old judge stays unless you choose otherwise; labels with reasons on red zone would help most.",
      next: "label-more",
    });
  });

  it("worse, with two guidelines that contradict each other", () => {
    const worse = taught({
      verdict: "worse",
      before: table({ sameSide: 29 }),
      after: table({ sameSide: 20 }),
    });
    expect(prepareTeachingResult({ ...worse, hasConflict: true })).toEqual({
      title: "It agrees with you less often.",
      sentence: "The old judge stays. Two guidelines contradict each other.",
      next: "see-conflict",
    });
    expect(prepareTeachingResult(worse)).toMatchObject({
      sentence: "The old judge stays. The same side of good enough on 20 of 30, was 29.",
      next: "keep-old",
    });
  });

  it("of which a part failed: the words stand, but it is not offered before what it missed is asked for", () => {
    const report = {
      partial: true,
      failedBatches: ["2 labels: no answer"],
    } as unknown as AlignmentView["report"];
    expect(prepareTeachingResult(taught({ report }))).toEqual({
      ...prepareTeachingResult(taught()),
      next: "ask-again",
    });
    expect(prepareTeachingResult(taught({ report, draftVersionId: null })).next).toBe("none");
  });

  it("without a test nothing is claimed", () => {
    const result = prepareTeachingResult(taught({ verdict: null, before: null, after: null }));
    expect(result.title).toBe("It could not be tested.");
    expect(result.sentence).not.toMatch(/\d/);
  });
});

describe("agreement in counts", () => {
  it("says on how many labels of how many answers it rests", () => {
    const cases = [caseOf(1), caseOf(2, { traceId: "t1" }), caseOf(3, { kind: "failed", judge: null })];
    expect(testedWords({ n: 2, cases })).toBe("2 labels of 1 answer");
    expect(testedWords(table())).toBe("30 answers");
  });

  it("leaves out what cannot be said: no line, no pairs of experts, answers without a grade", () => {
    const plain = table({ sameSide: null, tooKind: null, tooHarsh: null, failed: 2 });
    expect(agreementSentence(plain, null)).toBe(
      "On 30 answers that it had not seen: the same grade on 21. 2 answers could not be graded and are left out.",
    );
    expect(agreementRows(plain, plain, null).map(({ key }) => key)).toEqual(["same-grade", "failed"]);
  });

  it("has a row a count, with the experts among themselves beside it", () => {
    const rows = agreementRows(table({ sameSide: 21 }), table(), human);
    expect(rows[0]).toEqual({
      key: "same-side",
      label: "Good enough or not, same",
      before: 21,
      after: 27,
      experts: "11 of 12",
    });
    expect(rows.map(({ key }) => key)).toEqual(["same-side", "same-grade", "too-kind", "too-harsh"]);
  });

  it("figures carry their range; those that cannot be said are left out", () => {
    expect(figureRows(null, table())).toEqual([
      { key: "kappa", label: "Cohen's κ, weighted", before: "", after: "0.61 (0.40 to 0.80)" },
    ]);
  });
});

describe("guidelines", () => {
  const source = (labelId: string, isMine: boolean): LabelSource => ({
    labelId,
    traceId: "t",
    recordId: "r",
    question: "q",
    answer: "a",
    author: { id: "u", name: "Ray" },
    isMine,
    value: 2,
    shown: "2",
    reason: "no sample size",
    tags: [],
    counts: true,
    teaches: true,
    createdAt: 1,
  });
  const guideline = (id: string, conflictsWith: string[], active = true) => ({
    id,
    text: `text ${id}`,
    sourceLabelIds: ["l1", "l2"],
    active,
    conflictsWith,
    editedByPerson: false,
  });
  const version = (guidelines: ReturnType<typeof guideline>[]) =>
    ({ guidelines }) as unknown as JudgeVersionView;

  it("show their support and whether it is from the viewer's own words", () => {
    const sources = [source("l1", true), source("l2", false)];
    const [card] = prepareGuidelines({ version: version([guideline("g1", [])]), sources });
    expect(card).toMatchObject({ number: 1, support: "from 2 labels · 1 yours", isFromMyWords: true });
    expect(card?.sources).toHaveLength(2);
  });

  it("a conflict is listed once, and is decided when one of the two is switched off", () => {
    const both = prepareGuidelines({
      version: version([guideline("g1", ["g2"]), guideline("g2", ["g1"])]),
      sources: [],
    });
    expect(conflictsToDecide(both)).toHaveLength(1);
    const one = prepareGuidelines({
      version: version([guideline("g1", ["g2"]), guideline("g2", ["g1"], false)]),
      sources: [],
    });
    expect(conflictsToDecide(one)).toEqual([]);
  });
});

describe("cases, stages, scales", () => {
  it("what it lets through comes first; a settled one says who said what", () => {
    const cases = [
      caseOf(1, { kind: "too-harsh", expert: "4", judge: "2" }),
      caseOf(2),
      caseOf(3, { kind: "too-kind", expert: "2", judge: "4" }),
    ];
    const rows = prepareDifferences({ cases }, [], [{ labelId: "l3", outcome: "discuss", by: "Ray", at: 1 }]);
    expect(rows.map(({ labelId }) => labelId)).toEqual(["l3", "l1"]);
    expect(rows[0]).toMatchObject({ settled: { outcome: "discuss", by: "Ray" } });
    expect(gradesWords({ who: "you", expert: "2", judge: "4" })).toBe("you 2, judge 4");
  });

  it("stages before the one at work are done, those after it are open", () => {
    const steps = prepareTeachingSteps({
      stage: "testing",
      state: "running",
      progress: { done: 12, total: 60 },
      report: null,
    });
    expect(steps.map(({ state, detail }) => [state, detail])).toEqual([
      ["done", null],
      ["done", null],
      ["partly", "12 of 60"],
    ]);
  });

  it("meanings go out and come back by grade", () => {
    expect(gradesOfScale(ONE_TO_FIVE).map(({ label }) => label)).toEqual(["1", "2", "3", "4", "5"]);
    const anchors = [{ value: 2, meaning: "not usable" }];
    expect(anchorsOf(ONE_TO_FIVE, meaningsOf(ONE_TO_FIVE, anchors))).toEqual(anchors);
    expect(goodEnoughWords(ONE_TO_FIVE, 4)).toBe("Good enough from 4.");
    expect(fittingLine({ kind: "boolean", trueLabel: "pass", falseLabel: "fail" }, 4)).toBe(true);
  });

  it("instructions cut into parts are the instructions again", () => {
    const text = "Grade {{ outputs }} for {{ inputs }}.";
    const parts = instructionsParts(text);
    expect(parts.map(({ text: part }) => part).join("")).toBe(text);
    expect(parts.filter(({ kind }) => kind === "variable")).toHaveLength(2);
  });
});

describe("where text goes (ux.md, rule 9)", () => {
  const preflight = {
    usable: 36,
    withReason: 30,
    newSinceLast: 30,
    checking: 0,
    records: 42,
    skipped: [],
    contradictions: [],
    host: "api.example.com",
    simulated: false,
    modelCalls: { low: 80, high: 100 },
    costUsd: 0.4,
    blocks: null,
    activeAlignmentId: null,
  };

  it("names host, counts and price", () => {
    expect(sendingSentence(preflight)).toBe(
      "42 records and 36 labels go to api.example.com, in 80 to 100 calls. About $0.40 at most.",
    );
  });

  it("says that a price is not known rather than guessing one", () => {
    expect(sendingSentence({ ...preflight, costUsd: null })).toContain("The price is not known");
  });

  it("says that nothing leaves the computer when the models are simulated", () => {
    const host = "the simulated models on this computer";
    expect(sendingSentence({ ...preflight, host, simulated: true, costUsd: null })).toContain(
      "Nothing leaves it, and nothing is paid.",
    );
  });
});
