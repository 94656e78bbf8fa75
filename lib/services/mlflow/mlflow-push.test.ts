import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeMlflow, startFakeMlflow } from "@/test/start-fake-mlflow";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

let world: ReviewWorld;
let fake: FakeMlflow;
let name: string;
beforeEach(async () => {
  fake = await startFakeMlflow();
  world = reviewWorld();
  name = world.repos.prompts.byId(world.seeded.promptId)?.name ?? "";
  world.services.mlflow.save(world.actor, world.projectId, {
    url: fake.url,
    experiment: "promotions",
    username: null,
    writesOnPromote: true,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await world.server.close();
  await fake.stop();
});

/** A push begins after the transaction that it was stored in. */
const settled = async (): Promise<void> => {
  await Promise.resolve();
  await world.server.idle();
};
const promote = async () => {
  const review = world.acceptAll(await world.withEvidence(world.handWritten()));
  world.services.reviews.promote(world.actor, review.id, {
    expectedCurrent: 1,
    reason: "Countable.",
    override: false,
  });
  await settled();
  return review;
};
const pushes = () => world.services.mlflow.page(world.actor, world.projectId).pushes;
const stepsOf = (push = pushes()[0]) =>
  Object.fromEntries(push?.steps.map(({ step, isDone }) => [step, isDone]) ?? []);
const rollBack = async () => {
  const back = { toVersion: 1, expectedCurrent: 2, reason: "Too long." };
  world.services.prompts.rollBack(world.actor, world.seeded.promptId, "production", back);
  await settled();
};
const tagsOf = (tags: { key: string; value: string }[]) =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));

describe("a promotion is written to the MLflow server", () => {
  it("as a version with what was measured, an alias read back, a run with figures and bundle, and the judge", async () => {
    const review = await promote();
    expect(pushes()).toMatchObject([
      { state: "written", prompt: name, alias: "production", version: 2, attempts: 1 },
    ]);
    expect(stepsOf()).toEqual({ version: true, alias: true, run: true, evidence: true, judge: true });
    const [shown] = world.services.prompts.list(world.actor, world.projectId);
    expect(shown?.mlflow).toMatch(/^In step with MLflow/);
    const { models, runs, artifacts, scorers } = await fake.state();
    expect(models[name].aliases).toEqual({ production: "1" });
    const [version] = models[name].versions;
    expect(tagsOf(version.tags)).toMatchObject({
      "mlflow.prompt.is_prompt": "true",
      "mlflow.prompt.text": world.repos.prompts.versionByNumber(world.seeded.promptId, 2)?.text,
      optimization: "hand-written",
      initial_score: String(Number(review.evidence?.meanBefore?.toFixed(4))),
      final_score: String(Number(review.evidence?.meanAfter?.toFixed(4))),
      judge: expect.stringContaining(" v1"),
      review: review.id,
    });
    expect(version.description).toContain("Countable.");
    expect(
      Object.fromEntries(
        runs[0].metrics.map(({ key, value }: { key: string; value: number }) => [key, value]),
      ),
    ).toMatchObject({
      initial_eval_score: review.evidence?.meanBefore,
      final_eval_score: review.evidence?.meanAfter,
      p_value: review.evidence?.pValue,
    });
    const [[place, bundle]] = Object.entries(artifacts) as [[string, string]];
    expect(place).toBe("7/run1/artifacts/evidence-bundle.json");
    expect(JSON.parse(bundle)).toMatchObject({ review: { id: review.id }, format: expect.any(String) });
    const judge = JSON.parse(scorers[0].serialized_scorer);
    expect(judge.instructions_judge_pydantic_data.instructions).toContain("1 to 5");
    expect(judge.instructions_judge_pydantic_data.feedback_value_type).toEqual({
      title: "Result",
      type: "integer",
    });
    const losses = world.services.mlflow.page(world.actor, world.projectId).losses;
    expect(losses[0]?.lost.join(" ")).toContain("the ends of the scale");
  });

  it("a rollback moves the alias back; its version is found there by its words, and judge and run are not sent again", async () => {
    await promote();
    await rollBack();
    const { models, runs, scorers } = await fake.state();
    expect(models[name].versions).toHaveLength(2);
    expect(models[name].aliases).toEqual({ production: "2" });
    expect([runs.length, scorers.length]).toEqual([1, 1]);
    expect(stepsOf()).toEqual({ version: true, alias: true });
  });

  it("a server that is away is tried again when its time has come", async () => {
    await fake.set({ failing: 1 });
    await promote();
    const [waiting] = pushes();
    expect(waiting).toMatchObject({
      state: "waiting",
      attempts: 1,
      lastError: expect.stringContaining("503"),
    });
    world.server.services.mlflowPushes.tick();
    expect(world.repos.jobs.list(world.projectId, ["queued", "running"]), "not before").toEqual([]);
    vi.useFakeTimers({ toFake: ["Date"], now: (waiting?.nextAt ?? 0) + 1 });
    world.server.services.mlflowPushes.tick();
    await settled();
    expect(pushes()).toMatchObject([{ state: "written", attempts: 2, lastError: null }]);
  });

  it("a try that was cut off at any call is gone on with: nothing is there twice", async () => {
    await fake.set({ failing: 1 });
    await promote();
    const id = pushes()[0]?.id ?? "";
    let cuts = 0;
    for (; pushes()[0]?.state !== "written"; cuts += 1) {
      // each try is cut one call later than the one before
      await fake.set({ passing: cuts });
      world.services.mlflow.pushAgain(world.actor, world.projectId, id, false);
      await settled();
    }
    expect(cuts, "calls of a whole push").toBeGreaterThan(10);
    await fake.set({ passing: null });
    world.services.mlflow.pushAgain(world.actor, world.projectId, id, false);
    await settled();
    const { models, runs, scorers } = await fake.state();
    expect([models[name].versions.length, runs.length, scorers.length]).toEqual([1, 1, 1]);
  });

  it("an alias that somebody moved there is left alone until a person says so", async () => {
    await promote();
    const state = await fake.state();
    const foreign = { version: "2", description: "", tags: [...state.models[name].versions[0].tags] };
    foreign.tags = foreign.tags
      .filter(({ key }: { key: string }) => key !== "touchstone.content_hash")
      .map((tag: { key: string; value: string }) =>
        tag.key === "mlflow.prompt.text" ? { ...tag, value: "Foreign." } : tag,
      );
    state.models[name].versions.push(foreign);
    state.models[name].aliases.production = "2";
    await fake.set({ models: state.models });
    const { aliases } = await world.services.mlflow.check(world.actor, world.projectId);
    expect(aliases).toEqual([{ prompt: name, alias: "production", here: 2, there: "2", isSame: false }]);

    await rollBack();
    expect(pushes()[0]).toMatchObject({
      state: "held",
      lastError: expect.stringContaining("moved outside Touchstone"),
    });
    expect((await fake.state()).models[name].aliases.production).toBe("2");
    world.services.mlflow.pushAgain(world.actor, world.projectId, pushes()[0]?.id ?? "", true);
    await settled();
    expect(pushes()[0]).toMatchObject({ state: "written" });
    expect((await fake.state()).models[name].aliases.production).toBe("3");
  });

  it("what waited while the server was away does not undo what came after it", async () => {
    await fake.set({ failing: 1 });
    await promote();
    await rollBack();
    expect(pushes().map(({ state, kind }) => [kind, state])).toEqual([
      ["rollback", "written"],
      ["promotion", "waiting"],
    ]);
    const promotion = pushes()[1]?.id ?? "";
    world.services.mlflow.pushAgain(world.actor, world.projectId, promotion, false);
    await settled();
    const { models } = await fake.state();
    const live = models[name].versions.find(
      ({ version }: { version: string }) => version === models[name].aliases.production,
    );
    expect(tagsOf(live.tags)["mlflow.prompt.text"]).toBe(
      world.repos.prompts.versionByNumber(world.seeded.promptId, 1)?.text,
    );
    expect(stepsOf(pushes()[1])).toMatchObject({ version: true, alias: false, run: true });
  });

  it("services that the server lacks are said, step by step", async () => {
    await fake.set({ absent: ["3.0/mlflow/scorers", "2.0/mlflow-artifacts"] });
    await promote();
    expect(pushes()[0]?.state).toBe("written");
    expect(stepsOf()).toEqual({ version: true, alias: true, run: true, evidence: false, judge: false });
    expect(pushes()[0]?.steps.at(-1)?.detail).toBe("This server has no service for judges.");
  });

  it("nothing is written where the project does not want it, nor of an act that was refused", async () => {
    world.services.mlflow.save(world.actor, world.projectId, {
      url: fake.url,
      experiment: "promotions",
      username: null,
      writesOnPromote: false,
    });
    await promote();
    expect(pushes()).toEqual([]);
    expect((await fake.state()).calls).toEqual([]);
  });
});
