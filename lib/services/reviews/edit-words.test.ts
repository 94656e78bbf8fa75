import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codesOf, type ReviewWorld, refusalOf, reviewWorld, STRONGER } from "./testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(() => world.server.close());

const edited = { system: `${STRONGER}\n\nName the down and distance first.` };
const edit = (review: { id: string; contentHash: string }, by = world.actor, components = edited) =>
  world.services.reviews.edit(by, review.id, { components, expectedHash: review.contentHash });

describe("editing the words in place", () => {
  it("voids evidence and approvals, which were about other words, and keeps both in the history", async () => {
    const approver = world.server.person("Dr Meier", world.projectId, "approver");
    const scored = world.acceptAll(await world.withEvidence(world.handWritten()));
    const approved = world.services.reviews.approve(approver, scored.id, { override: false, reason: "" });
    expect(approved).toMatchObject({ state: "approved", gate: { open: true } });
    const review = edit(approved);
    expect(review).toMatchObject({
      state: "open",
      looks: 1,
      gate: { open: false, approvals: [] },
      edits: [{ by: "Tester", fromHash: scored.contentHash, toHash: review.contentHash }],
    });
    expect(review.text).toContain("down and distance");
    expect(review.evidence?.stale).toContain("edited after this look");
    expect(codesOf(review)).toEqual(["evidence-stale", "approval-missing"]);
    expect(world.repos.reviews.approvals(review.id)).toHaveLength(1);
    expect(
      refusalOf(() =>
        world.services.reviews.promote(approver, review.id, {
          expectedCurrent: 1,
          reason: "x",
          override: false,
        }),
      ).code,
    ).toBe("gate-closed");
    const again = world.acceptAll(await world.withEvidence(review));
    expect(again.evidence).toMatchObject({ look: 2, stale: null, alpha: 0.0125 });
    world.services.reviews.approve(approver, again.id, { override: false, reason: "" });
    expect(world.repos.reviews.approvals(review.id).map(({ contentHash }) => contentHash)).toEqual([
      scored.contentHash,
      review.contentHash,
    ]);
  });

  it("makes whoever edits an author, who may not say yes to it in a team", async () => {
    world.server.person("Dr Meier", world.projectId, "approver");
    const jonas = world.server.person("Jonas", world.projectId, "admin");
    const review = edit(world.handWritten(), jonas);
    expect(review).toMatchObject({ author: "Tester and Jonas", you: { isAuthor: true, mayApprove: false } });
    expect(
      refusalOf(() => world.services.reviews.approve(jonas, review.id, { override: false, reason: "" })).code,
    ).toBe("self-approval");
  });

  it("overwrites nobody: a second edit from the same words is refused with the words as they are", () => {
    const before = world.handWritten();
    const review = edit(before);
    const refusal = refusalOf(() => edit(before, world.actor, { system: "Something else." }));
    expect(refusal).toMatchObject({
      code: "edit-conflict",
      extra: { current: { contentHash: review.contentHash, components: edited } },
    });
    expect(world.services.reviews.get(world.actor, review.id).text).toBe(edited.system);
  });

  it("waits for a look that is under way, and leaves decided reviews alone", async () => {
    const review = world.handWritten();
    world.services.reviews.buyEvidence(world.actor, review.id);
    expect(refusalOf(() => edit(review)).code).toBe("conflict");
    await world.server.idle();
    world.services.reviews.decline(world.actor, review.id, "Not now.");
    expect(refusalOf(() => edit(review)).code).toBe("conflict");
    expect(world.services.reviews.get(world.actor, review.id).you.mayEdit).toBe(false);
  });

  it("is no act of a viewer, an expert or an approver; saving the same words changes nothing", () => {
    const review = world.handWritten();
    for (const role of ["viewer", "expert", "approver"] as const) {
      const person = world.server.person(role, world.projectId, role);
      expect(refusalOf(() => edit(review, person)).code).toBe("forbidden");
    }
    expect(edit(review, world.actor, { system: STRONGER }).edits).toEqual([]);
  });
});
