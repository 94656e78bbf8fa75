import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codesOf, type ReviewWorld, refusalOf, reviewWorld } from "./testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(() => world.server.close());

describe("evidence as a job", () => {
  it("a second look counts and asks for stronger proof; what is known is not bought again", async () => {
    const first = await world.withEvidence(world.handWritten());
    const second = await world.withEvidence(first);
    expect(second).toMatchObject({ looks: 2, evidence: { look: 2, alpha: 0.0125 } });
    expect(second.evidence?.modelCalls).toBeLessThan(first.evidence?.modelCalls ?? 0);
  });

  it("is stale when the judge has changed", async () => {
    const review = await world.withEvidence(world.handWritten());
    const { repos, server, seeded, actor } = world;
    const version = repos.judges.versionById(seeded.judgeVersionId);
    if (!version) throw new Error("no judge");
    repos.judges.addVersion({
      ...version,
      id: "jdv_next",
      status: "in-use",
      instructions: `${version.instructions}\nBe strict.`,
      actorId: actor.userId,
      at: server.deps.now(),
    });
    expect(world.services.reviews.get(actor, review.id).evidence?.stale).toBe(
      "The judge has changed since this look: v2 grades now, v1 graded then.",
    );
    const again = await world.withEvidence(review);
    expect(again.evidence).toMatchObject({ look: 2, stale: null });
  });

  it("is stale when a model has changed", async () => {
    const review = await world.withEvidence(world.handWritten());
    const { repos, projectId, services, actor } = world;
    const models = repos.projects.byId(projectId)?.models;
    if (!models) throw new Error("no project");
    services.projects.update(actor, projectId, {
      models: { ...models, task: { ...models.task, settings: { temperature: 1 } } },
    });
    expect(services.reviews.get(actor, review.id).evidence?.stale).toContain("another model");
  });

  it("one look at a time; a cancelled one shows nothing and stays counted", async () => {
    const review = world.handWritten();
    world.services.reviews.buyEvidence(world.actor, review.id);
    expect(refusalOf(() => world.services.reviews.buyEvidence(world.actor, review.id)).code).toBe("conflict");
    const cancelled = await world.services.reviews.controlEvidence(world.actor, review.id, "cancel");
    expect(cancelled).toMatchObject({ looks: 1, evidence: { state: "cancelled", verdict: null, pairs: [] } });
    expect(codesOf(cancelled)).toContain("evidence-missing");
    expect((await world.withEvidence(review)).evidence).toMatchObject({ look: 2, state: "done" });
  });

  it("a paused look goes on from what is stored", async () => {
    const review = world.handWritten();
    world.services.reviews.buyEvidence(world.actor, review.id);
    await world.services.reviews.controlEvidence(world.actor, review.id, "pause");
    const resumed = await world.services.reviews.controlEvidence(world.actor, review.id, "resume");
    expect(resumed.evidence?.verdict).toBeNull();
    await world.server.idle();
    expect(world.services.reviews.get(world.actor, review.id).evidence).toMatchObject({
      state: "done",
      look: 1,
    });
  });
});

describe("evidence after a stop of the server", () => {
  it("goes on from what is stored, as the same look", async () => {
    await world.server.close();
    world = reviewWorld({ TOUCHSTONE_SANDBOX_DELAY_MS: "20" });
    const review = world.handWritten();
    world.services.reviews.buyEvidence(world.actor, review.id);
    const { jobs, repos } = world.server.deps;
    await jobs.shutdown(0);
    const cut = world.services.reviews.get(world.actor, review.id);
    expect(cut.evidence).toMatchObject({ state: "running", verdict: null });
    const stored = repos.rollouts.listByOwner({ kind: "evidence", id: cut.evidence?.id ?? "" }).length;
    jobs.start();
    await world.server.idle();
    const done = world.services.reviews.get(world.actor, review.id);
    expect(done.evidence).toMatchObject({ state: "done", look: 1, id: cut.evidence?.id });
    expect(
      repos.rollouts.listByOwner({ kind: "evidence", id: done.evidence?.id ?? "" }).length,
    ).toBeGreaterThan(stored);
  });
});
