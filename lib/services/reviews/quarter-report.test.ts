import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { quarterOf } from "@/lib/util/quarter";
import { type ReviewWorld, refusalOf, reviewWorld, STRONGER } from "./testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await world.server.close();
});

const report = (quarter?: string) => world.services.reviews.quarter(world.actor, world.projectId, quarter);

describe("the quarter page", () => {
  it("tells promotions, declines, overrides, self-approvals and rollbacks of its quarter, oldest first", async () => {
    const { services, actor } = world;
    const first = world.acceptAll(await world.withEvidence(world.handWritten()));
    services.reviews.promote(actor, first.id, {
      expectedCurrent: 1,
      reason: "Counts shown.",
      override: false,
    });
    const second = world.handWritten("Answer in one line.");
    services.reviews.decline(actor, second.id, "Too short for the staff.");
    const third = world.acceptAll(
      await world.withEvidence(world.handWritten(`${STRONGER}\n\nMention the weather.`)),
    );
    services.reviews.promote(actor, third.id, { expectedCurrent: 2, reason: "Game day.", override: true });
    const name = services.prompts.list(actor, world.projectId)[0]!.name;
    services.prompts.rollBack(actor, name, "production", {
      toVersion: 2,
      expectedCurrent: 3,
      reason: "Back.",
    });
    const told = report();
    expect(told.acts.map(({ kind }) => kind)).toEqual([
      "initial",
      "promotion",
      "decline",
      "promotion",
      "rollback",
    ]);
    expect(told.counts).toEqual({
      promotions: 2,
      declines: 1,
      rollbacks: 1,
      overrides: 1,
      selfApprovals: told.acts.filter(({ selfApproved }) => selfApproved).length,
    });
    expect(told.acts[2]).toMatchObject({
      reason: "Too short for the staff.",
      toVersion: null,
      review: { number: second.number },
    });
    expect(told.inProduction).toMatchObject([{ promptName: name, version: 2, evidenceAge: null }]);
    expect(told.inProduction[0]!.evidence).toContain("better");
    expect(told.quarters).toEqual([quarterOf(Date.now())]);
  });

  it("of another time is empty; the evidence in production has aged by then", async () => {
    const review = world.acceptAll(await world.withEvidence(world.handWritten()));
    world.services.reviews.promote(world.actor, review.id, {
      expectedCurrent: 1,
      reason: "x",
      override: false,
    });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 100 * 86_400_000 });
    const later = report();
    expect([later.acts, later.quarters.length >= 2]).toEqual([[], true]);
    expect(later.inProduction[0]!.evidenceAge).toBe("The evidence is 100 days old.");
    expect(report(later.quarters.at(-1)).counts.promotions).toBe(1);
  });

  it("is not told to people of other projects", () => {
    const { roles: _, ...vera } = world.server.person("Vera", world.projectId, "viewer");
    const stranger = { ...vera, roles: {} };
    expect(refusalOf(() => world.services.reviews.quarter(stranger, world.projectId)).code).toBe("not-found");
  });
});
