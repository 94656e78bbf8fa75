import { describe, expect, it } from "vitest";
import { measureGuidelineEffects } from "./effects";
import { editGuideline, guidelinesFrom, newGuideline } from "./guidelines";
import { limitModel } from "./limit-model";
import { noiseOf } from "./noise";
import { findContradictions, sortLabels } from "./teaching-labels";
import {
  CALM,
  fakeModel,
  label,
  ONE_TO_FIVE,
  slowModel,
  snapshot,
  textsOf,
  verdictReply,
} from "./testing/fake-judge";
import type { Scale, Verdict } from "./types";
import { unalign } from "./unalign";

const episode = (number: number) => ({ ...label(number), vector: null });

describe("labels", () => {
  it("LB1 and LB2 labels off the scale, with empty answers or twice are skipped with the reason", () => {
    const { usable, withReason, skipped } = sortLabels(
      [label(1), label(2, { value: 9 }), label(3, { outputs: "" }), label(1), label(4, { reason: "" })],
      ONE_TO_FIVE,
    );
    expect(usable.map((one) => one.labelId)).toEqual(["label-1", "label-4"]);
    expect(withReason.map((one) => one.labelId)).toEqual(["label-1"]);
    expect(skipped.map((one) => one.labelId)).toEqual(["label-2", "label-3", "label-1"]);
  });

  it("LB4 neighbours on one side of the line are no contradiction; other scales count any difference", () => {
    const same = { traceId: "t", inputs: "q", outputs: "a" };
    const pair = (a: number, b: number) => [label(1, { ...same, value: a }), label(2, { ...same, value: b })];
    expect(findContradictions(pair(4, 5), ONE_TO_FIVE, 4)).toEqual([]);
    expect(findContradictions(pair(3, 4), ONE_TO_FIVE, null)).toEqual([]);
    expect(findContradictions(pair(3, 4), ONE_TO_FIVE, 4)).toHaveLength(1);
    expect(findContradictions(pair(1, 3), ONE_TO_FIVE, 4)).toHaveLength(1);
    const topics: Scale = { kind: "categories", ordered: false, values: ["x", "y"] };
    expect(
      findContradictions([label(1, { ...same, value: "x" }), label(2, { ...same, value: "y" })], topics, "x"),
    ).toHaveLength(1);
  });

  it("LB4 near-same answers to near-same questions count; the same answer to another question does not", () => {
    const text =
      "They run inside zone on 44 of 76 snaps, mostly behind the left guard, and pass on the rest of them.";
    const question = "What do they run on third and short against a heavy front?";
    const labels = [
      label(1, { inputs: question, outputs: text, value: 5 }),
      label(2, { inputs: `${question} `, outputs: `${text}.`, value: 1 }),
      label(3, { inputs: "Who punts for them, and with which foot?", outputs: text, value: 1 }),
    ];
    expect(findContradictions(labels, ONE_TO_FIVE, 4)).toMatchObject([
      { labelIds: ["label-1", "label-2"], sameTrace: false },
    ]);
  });
});

describe("forgetting labels", () => {
  const guideline = (text: string, sources: string[]) => newGuideline("j", text, sources);
  const [only, both, other] = [
    guideline("Only.", ["label-1"]),
    guideline("Both.", ["label-1", "label-2"]),
    guideline("Other.", ["label-3"]),
  ];
  const mine = editGuideline(guideline("Mine.", ["label-1", "label-3"]), "My own words.");
  const taught = snapshot({
    guidelines: [only, both, { ...other, conflictsWith: [only.id] }, mine],
    episodes: [episode(1), episode(2)],
  });

  it("UN1 episodes go; a guideline goes with its last source; the old version is untouched", () => {
    const result = unalign(taught, "v2", ["label-1", "label-77"]);
    expect(result.snapshot.episodes.map((one) => one.labelId)).toEqual(["label-2"]);
    expect(result.removed.map((one) => one.text)).toEqual(["Only."]);
    expect(result.snapshot.guidelines.map((one) => one.text)).toEqual(["Both.", "Other.", "My own words."]);
    expect(result.snapshot.guidelines[1]!.conflictsWith).toEqual([]);
    expect(result).toMatchObject({ removedEpisodes: 1, unknown: ["label-77"] });
    expect(taught.guidelines).toHaveLength(4);
  });

  it("UN2 mixed guidelines are named, with the labels to derive them from anew", () => {
    const result = unalign(taught, "v2", ["label-1"]);
    expect(result.affected.map((one) => [one.text, one.sourceLabelIds])).toEqual([["Both.", ["label-2"]]]);
    expect(result.rederiveFrom).toEqual(["label-2"]);
  });

  it("UN3 labels it never learned from change nothing, and are named", () => {
    const result = unalign(taught, "v2", ["label-9"]);
    expect(result).toMatchObject({ removed: [], affected: [], removedEpisodes: 0, unknown: ["label-9"] });
    expect(result.snapshot.guidelines).toEqual(taught.guidelines);
  });

  it("GL3 from a label to its guidelines; an edit keeps the sources and is marked", () => {
    expect(guidelinesFrom(taught.guidelines, "label-1").map((one) => one.text)).toEqual([
      "Only.",
      "Both.",
      "My own words.",
    ]);
    expect(mine).toMatchObject({ editedByPerson: true, sourceLabelIds: ["label-1", "label-3"] });
    expect(() => editGuideline(only, "  ")).toThrow(RangeError);
  });
});

describe("a guideline's own effect", () => {
  const good = newGuideline("j", "Heed evens.", ["label-900"]);
  const idle = newGuideline("j", "Idle.", ["label-901"]);
  const checking = Array.from({ length: 12 }, (_, index) => label(index, { value: index % 2 === 0 ? 5 : 1 }));

  it("AG9 right only with it, right only without it", async () => {
    const model = fakeModel((request) => {
      const number = Number(/answer (\d+) /.exec(textsOf(request, "outputs")[0]!)![1]);
      return verdictReply(
        textsOf(request, "guideline").includes("Heed evens.") ? (number % 2 === 0 ? 5 : 1) : 1,
      );
    });
    const effects = await measureGuidelineEffects(
      snapshot({ guidelines: [good, idle] }),
      checking,
      { model, embeddings: null },
      CALM,
    );
    expect(effects).toEqual([
      { guidelineId: good.id, moreRight: 6, fewerRight: 0, n: 12 },
      { guidelineId: idle.id, moreRight: 0, fewerRight: 0, n: 12 },
    ]);
  });

  it("AG9 not measurable yet with fewer than ten unseen labels", async () => {
    const model = fakeModel(() => verdictReply(3));
    const taught = snapshot({ guidelines: [good], episodes: [episode(0), episode(1), episode(2)] });
    expect(await measureGuidelineEffects(taught, checking, { model, embeddings: null }, CALM)).toBeNull();
    expect(model.requests).toEqual([]);
  });
});

describe("noise", () => {
  const graded = (value: number): Verdict => ({
    status: "graded",
    value,
    rationale: "because",
    normalised: (value - 1) / 4,
  });

  it("JC6 the spread within answers, pooled; a failed reading is counted and no number", () => {
    const steady = [graded(3), graded(3), graded(3), graded(3)];
    const shaky = [graded(3), graded(5), graded(3), graded(5)];
    const noise = noiseOf(snapshot(), [steady, shaky]);
    expect(noise).toMatchObject({ flips: 1, answers: 2, failed: 0 });
    expect(noise.sd).toBeCloseTo(Math.sqrt((4 * 0.25 ** 2) / 6), 12);
    const failed: Verdict = { status: "failed", cause: "no JSON", rawReply: null };
    expect(noiseOf(snapshot(), [[graded(3), failed], [failed]])).toEqual({
      sd: null,
      flips: 0,
      answers: 1,
      failed: 2,
    });
  });
});

describe("the pool of calls", () => {
  const request = (callKey: string, purpose: "judge" | "distil") => ({
    callKey,
    purpose,
    messages: [],
    schema: { name: "x", schema: {} },
  });

  it("AL6 at most so many at once, and lessons before verdicts", async () => {
    const order: string[] = [];
    const slow = slowModel((one) => {
      order.push(one.callKey);
      return "ok";
    });
    const pool = limitModel(slow, 2);
    const ask = (key: string, purpose: "judge" | "distil") => pool.ask(request(key, purpose), CALM);
    const { mostInFlight } = await slow.run(() =>
      Promise.all([
        ask("j1", "judge"),
        ask("j2", "judge"),
        ask("j3", "judge"),
        ask("j4", "judge"),
        ask("d1", "distil"),
      ]),
    );
    expect(mostInFlight).toBe(2);
    expect(order).toEqual(["j1", "j2", "d1", "j3", "j4"]);
  });

  it("an abort rejects who waits, and the seats stay usable", async () => {
    const slow = slowModel(() => "ok");
    const pool = limitModel(slow, 1);
    const controller = new AbortController();
    await slow.run(async () => {
      const first = pool.ask(request("a", "judge"), CALM);
      const second = pool.ask(request("b", "judge"), controller.signal);
      const third = pool.ask(request("c", "judge"), CALM);
      controller.abort(new Error("stop"));
      await expect(second).rejects.toThrow("stop");
      expect((await first).status).toBe("answered");
      expect((await third).status).toBe("answered");
    });
    expect(() => limitModel(slow, 0)).toThrow(RangeError);
  });
});
