import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureAgreement, measureOnUnseen } from "./agreement";
import { align, createAlignedSnapshot } from "./align";
import { groupsOf, planChecking, planFolds } from "./folds";
import { headline } from "./headline";
import { humanCeiling } from "./human-ceiling";
import type { JudgeModelRequest } from "./ports";
import {
  CALM,
  fakeModel,
  label,
  ONE_TO_FIVE,
  PASS_FAIL,
  sectionsOf,
  snapshot,
  textsOf,
  verdictReply,
} from "./testing/fake-judge";
import type { Episode, Guideline, TeachingLabel } from "./types";

const FIFTY = Array.from({ length: 50 }, (_, index) => label(index, { value: (index % 5) + 1 }));

/** Every label's reason is its number; the one lesson of a batch lists the numbers it saw. */
function recording(request: JudgeModelRequest): string {
  if (request.purpose === "judge") return verdictReply(4);
  if (request.purpose === "consolidate") return '{"guidelines": [], "conflicts": []}';
  const refs = sectionsOf(request).filter((section) => section.name === "label-reason");
  const text = `Seen: ${refs.map((one) => `<${one.text}>`).join(" ")}`.slice(0, 1_000);
  return JSON.stringify({ guidelines: [{ text, sourceLabelIds: refs.map((one) => one.ref) }] });
}

/** A judge that always gives 5 untaught, and the grade the experts want (odd numbers fail) once it has a guideline. */
function improving(request: JudgeModelRequest): string {
  if (request.purpose !== "judge") return recording(request);
  if (textsOf(request, "guideline").length === 0) return verdictReply(5);
  const number = Number(/answer (\d+) /.exec(textsOf(request, "outputs")[0] ?? "")?.[1]);
  return verdictReply(number % 2 === 0 ? 5 : 2);
}

describe("folds", () => {
  it("AG1 five folds, every label held out exactly once, the rest beside it", () => {
    const folds = planFolds(FIFTY, 1);
    expect(folds).toHaveLength(5);
    expect(
      folds
        .flatMap((fold) => fold.held)
        .map((one) => one.labelId)
        .sort(),
    ).toEqual(FIFTY.map((one) => one.labelId).sort());
    for (const { held, rest } of folds) expect(held.length + rest.length).toBe(50);
  });

  it("AG1 grades are spread evenly over the folds", () => {
    for (const { held } of planFolds(FIFTY, 7)) {
      for (const grade of [1, 2, 3, 4, 5]) expect(held.filter((one) => one.value === grade)).toHaveLength(2);
    }
  });

  it("AG1 under 15 labels each group is held out by itself; under two groups nothing can be", () => {
    expect(planFolds(FIFTY.slice(0, 14), 1)).toHaveLength(14);
    expect(planFolds(FIFTY.slice(0, 15), 1)).toHaveLength(5);
    expect(planFolds([label(1), label(2, { recordId: "record-1" })], 1)).toEqual([]);
    expect(planFolds([], 1)).toEqual([]);
  });

  it("AG2 labels of one trace, record or question are never parted", () => {
    const any = fc.array(
      fc.record({
        record: fc.nat(12),
        trace: fc.nat(20),
        question: fc.nat(12),
        grade: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 2, maxLength: 60 },
    );
    fc.assert(
      fc.property(any, fc.nat(1_000), (rows, seed) => {
        const labels = rows.map((row, index) =>
          label(index, {
            recordId: `r${row.record}`,
            traceId: `t${row.trace}`,
            inputs: `Question  ${row.question}`,
            value: row.grade,
          }),
        );
        for (const { held, rest } of planFolds(labels, seed)) {
          for (const a of held)
            for (const b of rest) {
              expect([a.recordId === b.recordId, a.traceId === b.traceId, a.inputs === b.inputs]).toEqual([
                false,
                false,
                false,
              ]);
            }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("AG9 from 50 labels on a fifth is kept for checking, fewer keep none", () => {
    const { teaching, checking } = planChecking(FIFTY, 1);
    expect([teaching.length, checking.length]).toEqual([40, 10]);
    expect(groupsOf(checking)).toHaveLength(10);
    expect(planChecking(FIFTY.slice(1), 1).checking).toEqual([]);
  });
});

describe("agreement out of sample", () => {
  const number = (one: TeachingLabel): string => `<reason ${one.labelId.split("-")[1]}>`;

  it("AG3 nothing of a held label is in the prompt that judges it: no guideline from it, no episode of it", async () => {
    const model = fakeModel(recording);
    await measureAgreement(
      { base: snapshot(), labels: FIFTY, guidelinesKept: [], seed: 3 },
      { model, embeddings: null },
      CALM,
    );
    const judged = model.requests.filter((request) => request.purpose === "judge");
    expect(judged).toHaveLength(100);
    let taught = 0;
    for (const request of judged) {
      const own = FIFTY.find((one) => one.outputs === textsOf(request, "outputs")[0])!;
      const [memory] = textsOf(request, "guideline");
      if (memory) taught += 1;
      expect(memory ?? "").not.toContain(number(own));
      expect(textsOf(request, "episode-outputs")).not.toContain(own.outputs);
      expect(textsOf(request, "episode-verdict").join()).not.toContain(`${own.reason}\n`);
    }
    expect(taught).toBe(50);
  });

  it("AG4 what the base judge learned from held labels is taken out of it, and learned again from its other labels", async () => {
    const first = fakeModel(recording);
    const base = createAlignedSnapshot(
      snapshot(),
      "v2",
      await align(
        { base: snapshot(), labels: FIFTY.slice(0, 30), guidelinesKept: [] },
        { model: first, embeddings: null },
        CALM,
      ),
    );
    const model = fakeModel(recording);
    await measureAgreement(
      { base, labels: FIFTY, guidelinesKept: [], seed: 3 },
      { model, embeddings: null },
      CALM,
    );
    for (const request of model.requests.filter((one) => one.purpose === "judge")) {
      const own = FIFTY.find((one) => one.outputs === textsOf(request, "outputs")[0])!;
      expect(textsOf(request, "guideline").join()).not.toContain(number(own));
      expect(textsOf(request, "episode-outputs")).not.toContain(own.outputs);
    }
    const again = model.requests.filter(
      (one) =>
        one.purpose === "distil" &&
        textsOf(one, "label-reason").every((reason) => Number(reason.split(" ")[1]) < 30),
    );
    expect(again).toHaveLength(5);
  });

  it("AG4 a kept guideline that cites a held label does not judge it, in either arm", async () => {
    const mine: Guideline = {
      id: "gl_mine",
      text: "Mine.",
      sourceLabelIds: ["label-0"],
      active: true,
      conflictsWith: [],
      editedByPerson: true,
    };
    const base = snapshot({ guidelines: [mine] });
    const model = fakeModel(recording);
    await measureAgreement(
      { base, labels: FIFTY, guidelinesKept: [mine], seed: 3 },
      { model, embeddings: null },
      CALM,
    );
    const onHeld = model.requests.filter(
      (one) => one.purpose === "judge" && textsOf(one, "outputs")[0] === FIFTY[0]!.outputs,
    );
    expect(onHeld).toHaveLength(2);
    for (const request of onHeld) expect(textsOf(request, "guideline")).not.toContain("Mine.");
    const elsewhere = model.requests.filter(
      (one) => one.purpose === "judge" && textsOf(one, "guideline").includes("Mine."),
    );
    expect(elsewhere).toHaveLength(80);
  });

  it("AG5 both arms judge the same outputs; the counts add up and the sentence follows from them", async () => {
    const labels = FIFTY.map((one, index) => ({ ...one, value: index % 2 === 0 ? 5 : 2 }));
    const {
      before,
      after,
      headline: sentence,
    } = await measureAgreement(
      { base: snapshot(), labels, guidelinesKept: [], seed: 1 },
      { model: fakeModel(improving), embeddings: null },
      CALM,
    );
    expect(before).toMatchObject({
      n: 50,
      failed: 0,
      sameSide: 25,
      sameGrade: 25,
      withinOne: 25,
      tooKind: 25,
      tooHarsh: 0,
      meanGrade: 5,
      spearman: null,
    });
    expect(after).toMatchObject({
      n: 50,
      sameSide: 50,
      sameGrade: 50,
      tooKind: 0,
      tooHarsh: 0,
      meanGrade: 3.5,
    });
    expect(after.j).toEqual({ value: 1, low: 1, high: 1, n: 50 });
    expect(before.mae?.value).toBe(1.5);
    expect(before.confusion.grid[1]![4]).toBe(25);
    expect(sentence).toMatchObject({ verdict: "better", gained: 25, lost: 0, before: 25, after: 50, n: 50 });
    expect(before.cases.filter((one) => one.kind === "too-kind").map((one) => one.labelId)).toContain(
      "label-1",
    );
  });

  it("AG5 what one arm could not grade is counted as failed and compared in neither", async () => {
    const model = fakeModel((request) =>
      request.purpose === "judge" &&
      textsOf(request, "guideline").length > 0 &&
      textsOf(request, "outputs")[0] === FIFTY[0]!.outputs
        ? "prose"
        : recording(request),
    );
    const { before, after } = await measureAgreement(
      { base: snapshot(), labels: FIFTY, guidelinesKept: [], seed: 1 },
      { model, embeddings: null },
      CALM,
    );
    expect([before.n, before.failed, after.n, after.failed]).toEqual([49, 0, 49, 1]);
    expect(after.cases.find((one) => one.labelId === "label-0")).toMatchObject({
      kind: "failed",
      judge: null,
    });
  });

  it("AG5 a fold whose judge could not be taught is failed, not judged with half a memory", async () => {
    const model = fakeModel((request) =>
      request.purpose === "distil" && !textsOf(request, "label-reason").includes("reason 0")
        ? { status: "failed", cause: "rate limit" }
        : recording(request),
    );
    const { after, folds } = await measureAgreement(
      { base: snapshot(), labels: FIFTY, guidelinesKept: [], seed: 1 },
      { model, embeddings: null },
      CALM,
    );
    const lost = folds.filter((fold) => fold.cause !== null);
    expect(lost).toHaveLength(1);
    expect(lost[0]!.labelIds).toContain("label-0");
    expect([after.n, after.failed]).toEqual([40, 10]);
  });

  it("AG6 TPR, TNR and J need five labels on each side of the line", async () => {
    const table = async (good: number) => {
      const labels = Array.from({ length: 20 }, (_, index) => label(index, { value: index < good ? 5 : 2 }));
      return (
        await measureAgreement(
          { base: snapshot(), labels, guidelinesKept: [], seed: 1 },
          { model: fakeModel(improving), embeddings: null },
          CALM,
        )
      ).after;
    };
    expect((await table(4)).j).toBeNull();
    expect((await table(5)).j).not.toBeNull();
  });

  it("all labels equal: counts are said, and what cannot be measured is null", async () => {
    const labels = FIFTY.map((one) => ({ ...one, value: 4 }));
    const { after, headline: sentence } = await measureAgreement(
      { base: snapshot(), labels, guidelinesKept: [], seed: 1 },
      { model: fakeModel(recording), embeddings: null },
      CALM,
    );
    expect(after).toMatchObject({ sameSide: 50, kappa: null, spearman: null, tpr: null, tnr: null, j: null });
    expect(sentence.verdict).toBe("unclear");
  });

  it("one label: nothing can be held out, and nothing is asked", async () => {
    const model = fakeModel(recording);
    const result = await measureAgreement(
      { base: snapshot(), labels: [label(1)], guidelinesKept: [], seed: 1 },
      { model, embeddings: null },
      CALM,
    );
    expect(result).toMatchObject({
      folds: [],
      before: { n: 0, sameGrade: 0, mae: null },
      headline: { verdict: "unclear", n: 0 },
      modelCalls: 0,
    });
  });

  it("a judge that passes or fails has no grades to be near, and its κ is unweighted", async () => {
    const labels = FIFTY.map((one, index) => ({ ...one, value: index % 3 === 0 }));
    const model = fakeModel((request) =>
      request.purpose === "judge" ? verdictReply(true) : recording(request),
    );
    const { after } = await measureAgreement(
      { base: snapshot({ scale: PASS_FAIL, goodEnough: null }), labels, guidelinesKept: [], seed: 1 },
      { model, embeddings: null },
      CALM,
    );
    expect(after).toMatchObject({
      withinOne: null,
      mae: null,
      kappaWeights: "none",
      sameSide: 17,
      tooKind: 33,
      tpr: { value: 1 },
      tnr: { value: 0 },
    });
  });

  it("AG9 two finished judges are compared only on labels that neither learned from", async () => {
    const episode: Episode = { ...label(1), vector: null };
    const edited = snapshot({ versionId: "v3", episodes: [episode] });
    const model = fakeModel(recording);
    const { before, skipped } = await measureOnUnseen(
      { before: snapshot(), after: edited, labels: FIFTY.slice(0, 12), seed: 1 },
      { model, embeddings: null },
      CALM,
    );
    expect(before.n).toBe(11);
    expect(skipped).toEqual([{ labelId: "label-1", why: "A judge that is compared has learned from it." }]);
  });

  it("AG7 the sentence: better and worse need an exact one-sided p of at most 0.05", async () => {
    const labels = FIFTY.slice(0, 30);
    const tables = async (right: number) => {
      const isRight = (id: string): boolean => Number(id.split(" ")[1]) < right;
      const model = fakeModel((request) =>
        request.purpose === "judge"
          ? verdictReply(isRight(textsOf(request, "outputs")[0]!) ? 5 : 1)
          : recording(request),
      );
      return (
        await measureOnUnseen(
          {
            before: snapshot(),
            after: snapshot(),
            labels: labels.map((one) => ({ ...one, value: 5 })),
            seed: 1,
          },
          { model, embeddings: null },
          CALM,
        )
      ).before;
    };
    const [none, four, five] = [await tables(21), await tables(25), await tables(26)];
    expect(headline(none, four)).toMatchObject({ verdict: "unclear", gained: 4, lost: 0, pBetter: 1 / 16 });
    expect(headline(none, five)).toMatchObject({ verdict: "better", gained: 5, pBetter: 1 / 32 });
    expect(headline(five, none)).toMatchObject({ verdict: "worse", lost: 5 });
  });
});

describe("human ceiling", () => {
  it("AG8 pairs of experts on the same answer, by side and grade; an expert's last label counts", () => {
    const by = (expertId: string, trace: number, value: number) =>
      label(trace, { expertId, value, labelId: `${expertId}-${trace}-${value}` });
    const labels = [
      by("a", 1, 5),
      by("b", 1, 4),
      by("a", 2, 2),
      by("b", 2, 4),
      by("a", 3, 1),
      by("a", 3, 3),
      by("b", 3, 3),
      by("a", 4, 1),
    ];
    const result = humanCeiling(labels, ONE_TO_FIVE, 4);
    expect(result).toMatchObject({ answers: 3, pairs: 3, sameSide: 2, sameGrade: 1 });
    expect(result.alpha?.n).toBe(3);
    expect(humanCeiling(labels, ONE_TO_FIVE, null).sameSide).toBeNull();
    expect(humanCeiling([], ONE_TO_FIVE, 4)).toMatchObject({ answers: 0, pairs: 0, alpha: null });
  });
});
