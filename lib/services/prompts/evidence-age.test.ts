import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await world.server.close();
});

const age = () => world.services.prompts.list(world.actor, world.projectId)[0]?.evidenceAge;

it("the evidence of what is in production ages: after 90 days, or when a model has changed; a first version has none", async () => {
  expect(age()).toBeNull();
  const review = world.acceptAll(await world.withEvidence(world.handWritten()));
  world.services.reviews.promote(world.actor, review.id, {
    expectedCurrent: 1,
    reason: "x",
    override: false,
  });
  expect(age()).toBeNull();
  const day = 86_400_000;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 91 * day });
  expect(age()).toBe("The evidence is 91 days old.");
  vi.useRealTimers();
  const project = world.repos.projects.byId(world.projectId);
  if (!project) throw new Error("no project");
  const task = { ...project.models.task, model: "another-model" };
  world.repos.projects.update(project.id, { models: { ...project.models, task } }, Date.now());
  expect(age()).toContain("from another model");
});
