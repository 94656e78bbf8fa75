import { describe, expect, it } from "vitest";
import { judgeCallKey, judgeCase } from "./judge-case";
import { createEpisodeIndex } from "./retrieve";
import { CALM, fakeModel, oneCase, snapshot, textsOf, verdictReply } from "./testing/fake-judge";

function ask(
  answers: readonly (string | { status: "failed"; cause: string })[],
  base = snapshot(),
  one = oneCase(),
) {
  let at = 0;
  const model = fakeModel(() => answers[Math.min(at++, answers.length - 1)]!);
  return { model, verdict: judgeCase(base, one, { model, retrieval: createEpisodeIndex(base) }, CALM) };
}

describe("judging a case", () => {
  it("JC1 a good reply is a graded verdict with its normalised score", async () => {
    const { verdict, model } = ask([verdictReply(4, "Clear, but no counts.")]);
    expect(await verdict).toEqual({
      status: "graded",
      value: 4,
      rationale: "Clear, but no counts.",
      normalised: 0.75,
    });
    expect(model.requests).toHaveLength(1);
  });

  it("PA6 (HO2 of the engine) an unusable reply is repaired once, with the problem shown; the repair has its own key", async () => {
    const { verdict, model } = ask([verdictReply(7), verdictReply(3)]);
    expect(await verdict).toMatchObject({ status: "graded", value: 3 });
    expect(model.requests.map((request) => request.callKey)).toEqual([
      judgeCallKey(snapshot(), oneCase()),
      `${judgeCallKey(snapshot(), oneCase())}:repair`,
    ]);
    const [, , reply, problem] = model.requests[1]!.messages;
    expect(reply).toEqual({ role: "assistant", content: verdictReply(7) });
    expect(problem?.content).toContain('"value" is 7');
    expect(problem?.content).toContain("1, 2, 3, 4, 5");
  });

  it("PA6 a second unusable reply is a failed verdict that keeps the reply; never a default value", async () => {
    const { verdict, model } = ask(["good enough!"]);
    expect(await verdict).toEqual({
      status: "failed",
      cause: "The reply could not be used, twice: it is not JSON.",
      rawReply: "good enough!",
    });
    expect(model.requests).toHaveLength(2);
  });

  it("JC2 provider trouble is a failed verdict, on the first call and on the repair", async () => {
    expect(await ask([{ status: "failed", cause: "the connection is down" }]).verdict).toMatchObject({
      status: "failed",
      cause: "the connection is down",
    });
    expect(await ask(["prose", { status: "failed", cause: "down" }]).verdict).toMatchObject({
      status: "failed",
      rawReply: "prose",
    });
  });

  it("JC3 an abort rejects and is no verdict", async () => {
    const controller = new AbortController();
    controller.abort(new Error("stop"));
    const model = fakeModel(() => verdictReply(4));
    await expect(
      judgeCase(
        snapshot(),
        oneCase(),
        { model, retrieval: createEpisodeIndex(snapshot()) },
        controller.signal,
      ),
    ).rejects.toThrow("stop");
    expect(model.requests).toEqual([]);
  });

  it("JC4 a rule judge asks nobody", async () => {
    const rule = snapshot({
      scale: { kind: "boolean", trueLabel: "pass", falseLabel: "fail" },
      goodEnough: null,
      rule: { kind: "contains", text: "zone", caseSensitive: false },
    });
    const { verdict, model } = ask([], rule);
    expect(await verdict).toMatchObject({ status: "graded", value: true, normalised: 1 });
    expect(model.requests).toEqual([]);
  });

  it("SC4 unordered categories without a good-enough value cannot be scored, and say so", async () => {
    const { verdict } = ask(
      [verdictReply("a")],
      snapshot({ scale: { kind: "categories", ordered: false, values: ["a", "b"] }, goodEnough: null }),
    );
    expect(await verdict).toMatchObject({ status: "failed", cause: expect.stringContaining("no order") });
  });

  it("JC5 equal cases have equal keys, and any difference another one", () => {
    const key = judgeCallKey(snapshot(), oneCase());
    expect(judgeCallKey(snapshot(), oneCase())).toBe(key);
    const others = [
      judgeCallKey(snapshot({ versionId: "v2" }), oneCase()),
      judgeCallKey(snapshot(), oneCase({ outputs: "Outside zone." })),
      judgeCallKey(snapshot(), oneCase({ expectations: "" })),
      judgeCallKey(snapshot(), oneCase({ steps: "" + "1. look" })),
      judgeCallKey(snapshot(), oneCase(), 1),
    ];
    expect(new Set([key, ...others]).size).toBe(6);
  });

  it("EP3 a version that remembers by vectors is never quietly judged without them", async () => {
    const episode = {
      labelId: "l",
      traceId: "t",
      recordId: "r",
      inputs: "i",
      outputs: "o",
      value: 4,
      reason: "",
      vector: [1, 0],
    };
    const base = snapshot({ episodes: [episode], retrieval: { kind: "embedding", model: "m" } });
    const { verdict } = ask([verdictReply(4)], base);
    expect(await verdict).toMatchObject({
      status: "failed",
      cause: expect.stringContaining("embedding model m"),
    });
    const model = fakeModel(() => verdictReply(4));
    const retrieval = createEpisodeIndex(base, {
      name: "m",
      embed: async (texts) => texts.map(() => [1, 0, 0]),
    });
    expect(await judgeCase(base, oneCase(), { model, retrieval }, CALM)).toMatchObject({
      status: "failed",
      cause: expect.stringContaining("now gives 3 numbers"),
    });
  });

  it("AS3 the judge sees what the instructions mention, and steps with the outputs", async () => {
    const { model, verdict } = ask(
      [verdictReply(4)],
      snapshot({ instructions: "Is {{ outputs }} polite?" }),
      oneCase({ steps: "1. lookup" }),
    );
    await verdict;
    const [request] = model.requests;
    expect([
      textsOf(request!, "inputs"),
      textsOf(request!, "outputs"),
      textsOf(request!, "expectations"),
      textsOf(request!, "steps"),
    ]).toEqual([[], ["Inside zone, mostly."], [], ["1. lookup"]]);
  });
});
