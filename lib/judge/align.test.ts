import { describe, expect, it } from "vitest";
import { measureAgreement } from "./agreement";
import { align, createAlignedSnapshot } from "./align";
import type { JudgeModelRequest } from "./ports";
import {
  CALM,
  fakeModel,
  label,
  sectionsOf,
  slowModel,
  snapshot,
  textsOf,
  verdictReply,
} from "./testing/fake-judge";
import type { Guideline } from "./types";

/** Distils one guideline a label, says of two equal endings that they are the same, and gives everything a 4. */
function teacher(request: JudgeModelRequest): string {
  if (request.purpose === "judge") return verdictReply(4);
  if (request.purpose === "distil") {
    const reasons = sectionsOf(request).filter((section) => section.name === "label-reason");
    return JSON.stringify({
      guidelines: reasons
        .slice(0, 3)
        .map((reason) => ({ text: `Heed ${reason.text}.`, sourceLabelIds: [reason.ref] })),
    });
  }
  const refs = sectionsOf(request).filter((section) => section.name === "guideline");
  return JSON.stringify({
    guidelines: refs.map((one) => ({ text: one.text, mergedFrom: [one.ref] })),
    conflicts: [],
  });
}

function guideline(changes: Partial<Guideline>): Guideline {
  return {
    id: "gl_1",
    text: "Be brief.",
    sourceLabelIds: ["label-90"],
    active: true,
    conflictsWith: [],
    editedByPerson: false,
    ...changes,
  };
}

const FIFTY = Array.from({ length: 50 }, (_, index) => label(index, { value: (index % 5) + 1 }));

describe("aligning", () => {
  it("AL1 labels with reasons become guidelines that cite them; every usable label becomes an episode", async () => {
    const labels = [label(1), label(2, { reason: " " }), label(3)];
    const model = fakeModel(teacher);
    const { guidelines, episodes, report } = await align(
      { base: snapshot(), labels, guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(guidelines.map((one) => [one.text, one.sourceLabelIds])).toEqual([
      ["Heed reason 1.", ["label-1"]],
      ["Heed reason 3.", ["label-3"]],
    ]);
    expect(episodes.map((episode) => episode.labelId)).toEqual(["label-1", "label-2", "label-3"]);
    expect(report).toMatchObject({
      usedLabels: 3,
      withReason: 2,
      skipped: [],
      dropped: [],
      failedBatches: [],
      partial: false,
      modelCalls: 2,
    });
    expect(textsOf(model.requests[0]!, "label-reason")).toEqual(["reason 1", "reason 3"]);
  });

  it("AL2 labels off the scale are skipped with the reason, and nothing of them is sent", async () => {
    const model = fakeModel(teacher);
    const labels = [
      label(1),
      label(2, { value: "pass", reason: "secret words" }),
      label(1),
      label(4, { outputs: " " }),
    ];
    const { report } = await align(
      { base: snapshot(), labels, guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(report.skipped.map((one) => one.labelId)).toEqual(["label-2", "label-1", "label-4"]);
    expect(report.skipped[0]!.why).toContain("1 to 5");
    expect(JSON.stringify(model.requests)).not.toContain("secret words");
  });

  it("GL2 a guideline without a valid source is dropped and reported", async () => {
    const reply = {
      guidelines: [
        { text: "No source.", sourceLabelIds: [] },
        { text: "Invented source.", sourceLabelIds: ["L0", "L9", "label-1"] },
        { text: "Half known.", sourceLabelIds: ["L1", "L7"] },
      ],
    };
    const { guidelines, report } = await align(
      { base: snapshot(), labels: [label(1)], guidelinesKept: [] },
      { model: fakeModel(() => JSON.stringify(reply)), embeddings: null },
      CALM,
    );
    expect(guidelines).toMatchObject([{ text: "Half known.", sourceLabelIds: ["label-1"] }]);
    expect(report.dropped.map((one) => one.text)).toEqual(["No source.", "Invented source."]);
    expect(report.dropped[1]!.why).toContain("None of the labels");
  });

  it("DI1 batches hold at most 50 labels and a bounded text, and run side by side", async () => {
    const labels = Array.from({ length: 120 }, (_, index) => label(index));
    const model = slowModel(teacher);
    const { value, latencies, mostInFlight } = await model.run(() =>
      align({ base: snapshot(), labels, guidelinesKept: [] }, { model, embeddings: null }, CALM),
    );
    expect({ latencies, mostInFlight }).toEqual({ latencies: 2, mostInFlight: 3 });
    expect(value.guidelines).toHaveLength(9);
    const long = Array.from({ length: 10 }, (_, index) => label(index, { outputs: "word ".repeat(4_000) }));
    const asked = fakeModel(teacher);
    await align(
      { base: snapshot(), labels: long, guidelinesKept: [] },
      { model: asked, embeddings: null },
      CALM,
    );
    expect(
      asked.requests.every((request) =>
        request.messages.every((message) => message.content.length < 120_000),
      ),
    ).toBe(true);
    expect(textsOf(asked.requests[0]!, "label-outputs")[0]).toContain("characters left out");
  });

  it("AL3 a failed batch makes the alignment partial and names its labels; what the others taught is kept", async () => {
    const labels = Array.from({ length: 60 }, (_, index) => label(index));
    const model = fakeModel((request) =>
      textsOf(request, "label-reason").length === 10
        ? { status: "failed", cause: "rate limit" }
        : teacher(request),
    );
    const { guidelines, report } = await align(
      { base: snapshot(), labels, guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(report.partial).toBe(true);
    expect(report.failedBatches).toMatchObject([{ stage: "distil", cause: "rate limit" }]);
    expect(report.failedBatches[0]!.labelIds).toEqual(labels.slice(50).map((one) => one.labelId));
    expect(guidelines).toHaveLength(3);
  });

  it("AL3 aligning again asks under the same keys, so that only what failed is bought", async () => {
    const [first, second] = [fakeModel(teacher), fakeModel(teacher)];
    for (const model of [first, second])
      await align({ base: snapshot(), labels: FIFTY, guidelinesKept: [] }, { model, embeddings: null }, CALM);
    expect(second.requests.map((request) => request.callKey)).toEqual(
      first.requests.map((request) => request.callKey),
    );
  });

  it("AL4 prose is asked for again once, then it is a failed batch", async () => {
    const model = fakeModel((request) =>
      request.purpose === "distil" ? "The experts like counts." : teacher(request),
    );
    const { guidelines, report } = await align(
      { base: snapshot(), labels: [label(1)], guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(guidelines).toEqual([]);
    expect(report).toMatchObject({
      partial: true,
      modelCalls: 2,
      failedBatches: [{ stage: "distil", labelIds: ["label-1"] }],
    });
  });

  it("AL5 vectors that cannot be had leave a lexical version, and that is reported", async () => {
    const embeddings = { name: "emb", embed: async () => Promise.reject(new Error("404")) };
    const { episodes, retrieval, report } = await align(
      { base: snapshot(), labels: [label(1)], guidelinesKept: [] },
      { model: fakeModel(teacher), embeddings },
      CALM,
    );
    expect(retrieval).toEqual({ kind: "lexical" });
    expect(episodes[0]!.vector).toBeNull();
    expect(report).toMatchObject({
      partial: true,
      failedBatches: [{ stage: "embed", cause: expect.stringContaining("404") }],
    });
  });

  it("AL5 with an embedding model the version keeps vectors and says which model made them", async () => {
    const embeddings = {
      name: "emb",
      embed: async (texts: readonly string[]) => texts.map((text) => [text.length, 1]),
    };
    const result = await align(
      { base: snapshot(), labels: [label(1)], guidelinesKept: [] },
      { model: fakeModel(teacher), embeddings },
      CALM,
    );
    expect(result.retrieval).toEqual({ kind: "embedding", model: "emb" });
    expect(createAlignedSnapshot(snapshot(), "v2", result)).toMatchObject({
      versionId: "v2",
      retrieval: result.retrieval,
      guidelines: result.guidelines,
    });
  });

  it("CO1 paraphrases are merged with the sources of both; conflicts name both guidelines", async () => {
    const model = fakeModel((request) => {
      if (request.purpose === "distil") return teacher(request);
      return JSON.stringify({
        guidelines: [
          { text: "Heed reasons 1 and 2.", mergedFrom: ["G1", "G2"] },
          { text: "made up", mergedFrom: ["G9"] },
        ],
        conflicts: [
          { between: ["G1", "G3"], why: "short or long" },
          { between: ["G1", "G2"], why: "same now" },
          { between: ["G1", "G8"], why: "unknown" },
        ],
      });
    });
    const { guidelines, report } = await align(
      { base: snapshot(), labels: [label(1), label(2), label(3)], guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(guidelines.map((one) => [one.text, one.sourceLabelIds])).toEqual([
      ["Heed reasons 1 and 2.", ["label-1", "label-2"]],
      ["Heed reason 3.", ["label-3"]],
    ]);
    expect(report.conflicts).toHaveLength(1);
    expect(report.conflicts[0]!.why).toBe("short or long");
    expect(guidelines[0]!.conflictsWith).toEqual([guidelines[1]!.id]);
    expect(guidelines[1]!.conflictsWith).toEqual([guidelines[0]!.id]);
    expect(report.dropped).toMatchObject([{ text: "made up" }]);
  });

  it("CO2 no guideline is lost when the consolidation forgets it or fails", async () => {
    const forgets = fakeModel((request) =>
      request.purpose === "consolidate" ? '{"guidelines": [], "conflicts": []}' : teacher(request),
    );
    const fails = fakeModel((request) =>
      request.purpose === "consolidate" ? { status: "failed", cause: "down" } : teacher(request),
    );
    for (const model of [forgets, fails]) {
      const { guidelines, report } = await align(
        { base: snapshot(), labels: [label(1), label(2)], guidelinesKept: [] },
        { model, embeddings: null },
        CALM,
      );
      expect(guidelines).toHaveLength(2);
      expect(report.partial).toBe(model === fails);
    }
  });

  it("CO3 what a person worded or switched off keeps words and state, and gains the support of what is merged into it", async () => {
    const edited = guideline({ id: "gl_mine", text: "My words.", editedByPerson: true });
    const off = guideline({ id: "gl_off", text: "Not this.", active: false });
    const model = fakeModel((request) => {
      if (request.purpose === "distil") return teacher(request);
      return JSON.stringify({
        guidelines: [
          { text: "Other words.", mergedFrom: ["G1", "G3"] },
          { text: "Not this!", mergedFrom: ["G2", "G4"] },
        ],
        conflicts: [],
      });
    });
    const { guidelines } = await align(
      { base: snapshot(), labels: [label(1), label(2)], guidelinesKept: [edited, off] },
      { model, embeddings: null },
      CALM,
    );
    expect(guidelines).toHaveLength(2);
    expect(guidelines.find((one) => one.id === "gl_mine")).toMatchObject({
      text: "My words.",
      sourceLabelIds: ["label-90", "label-1"],
      editedByPerson: true,
    });
    expect(guidelines.find((one) => one.id === "gl_off")).toMatchObject({ text: "Not this.", active: false });
    expect(textsOf(model.requests[0]!, "existing-guideline")).toEqual(["My words.", "Not this."]);
  });

  it("GL4 and GL5 guidelines are ordered by support, and at most twenty are active", async () => {
    const labels = Array.from({ length: 30 }, (_, index) => label(index));
    const model = fakeModel((request) => {
      if (request.purpose !== "distil") return '{"guidelines": [], "conflicts": []}';
      const refs = textsOf(request, "label-reason").map((_, index) => `L${index + 1}`);
      return JSON.stringify({
        guidelines: refs.slice(0, 25).map((ref, index) => ({
          text: `Lesson ${index}`,
          sourceLabelIds: index === 24 ? [ref, "L1"] : [ref],
        })),
      });
    });
    const { guidelines, report } = await align(
      { base: snapshot(), labels, guidelinesKept: [] },
      { model, embeddings: null },
      CALM,
    );
    expect(guidelines[0]!.text).toBe("Lesson 24");
    expect(guidelines.filter((one) => one.active)).toHaveLength(20);
    expect(report.switchedOff).toHaveLength(5);
  });

  it("LB4 contradictions are listed: same answer on both sides of the line, or two grades apart", async () => {
    const same = { traceId: "t", recordId: "r", inputs: "q", outputs: "a" };
    const labels = [
      label(1, { ...same, value: 4 }),
      label(2, { ...same, value: 3, expertId: "expert-2" }),
      label(3, { value: 5 }),
    ];
    const { report } = await align(
      { base: snapshot(), labels, guidelinesKept: [] },
      { model: fakeModel(teacher), embeddings: null },
      CALM,
    );
    expect(report.contradictions).toMatchObject([
      { labelIds: ["label-1", "label-2"], sameTrace: true, why: "The same answer was graded 4 and 3." },
    ]);
  });

  it("AL6 50 labels at concurrency 16: guidelines within 4 latencies, agreement within 10 of the start", async () => {
    const model = slowModel(teacher);
    const aligned = await model.run(() =>
      align({ base: snapshot(), labels: FIFTY, guidelinesKept: [] }, { model, embeddings: null }, CALM),
    );
    expect(aligned.latencies).toBeLessThanOrEqual(4);
    const measured = await model.run(() =>
      measureAgreement(
        { base: snapshot(), labels: FIFTY, guidelinesKept: [], seed: 1 },
        { model, embeddings: null },
        CALM,
      ),
    );
    expect(measured.mostInFlight).toBeLessThanOrEqual(16);
    expect(aligned.latencies + measured.latencies).toBeLessThanOrEqual(10);
  });

  it("AL6 also when the base judge was itself taught from the same labels", async () => {
    const model = slowModel(teacher);
    const first = await model.run(() =>
      align({ base: snapshot(), labels: FIFTY, guidelinesKept: [] }, { model, embeddings: null }, CALM),
    );
    const base = createAlignedSnapshot(snapshot(), "v2", first.value);
    const aligned = await model.run(() =>
      align({ base, labels: FIFTY, guidelinesKept: base.guidelines }, { model, embeddings: null }, CALM),
    );
    const measured = await model.run(() =>
      measureAgreement(
        { base, labels: FIFTY, guidelinesKept: base.guidelines, seed: 1 },
        { model, embeddings: null },
        CALM,
      ),
    );
    expect(aligned.latencies).toBeLessThanOrEqual(4);
    expect(aligned.latencies + measured.latencies).toBeLessThanOrEqual(10);
  });
});
