import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";
import type { Bundle } from "./bundle-format";
import { verifyBundle } from "./verify-bundle";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(() => world.server.close());

/** Through the file, as somebody else would read it. */
const fileOf = (reviewId: string): Bundle =>
  JSON.parse(JSON.stringify(world.services.reviews.bundle(world.actor, reviewId)));
const wrong = (bundle: Bundle) => verifyBundle(bundle).figures.filter(({ agrees }) => !agrees);
const names = (bundle: Bundle) => wrong(bundle).map(({ name }) => name);

/** A run's candidate that was edited, scored twice, compared blind, and promoted by an override. */
async function promoted(): Promise<string> {
  const ray = world.server.person("Ray", world.projectId, "expert");
  const meier = world.server.person("Dr Meier", world.projectId, "admin");
  const first = await world.withEvidence(await world.runCandidate());
  const edited = world.services.reviews.edit(world.actor, first.id, {
    components: { system: `${first.text}\n\nName the down and distance first.` },
    expectedHash: first.contentHash,
  });
  const review = world.acceptAll(await world.withEvidence(edited), meier);
  world.services.blind.request(meier, review.id);
  for (const { id } of world.services.blind.begin(ray, review.id).pairs)
    world.services.blind.answer(ray, review.id, id, { choice: "first", reason: "Clearer." });
  world.services.reviews.promote(meier, review.id, {
    expectedCurrent: 1,
    reason: "Season starts.",
    override: review.evidence?.verdict !== "better",
  });
  return review.id;
}

describe("an evidence bundle", () => {
  it("holds what every figure of the card needs, and a change of any of it is found", async () => {
    const reviewId = await promoted();
    const bundle = fileOf(reviewId);
    const report = verifyBundle(bundle);
    expect(wrong(bundle)).toEqual([]);
    expect(report).toMatchObject({ agrees: true, erased: [] });
    expect(report.figures.length).toBeGreaterThan(40);
    expect(bundle).toMatchObject({
      looks: [{ look: 1 }, { look: 2, blind: { askedBy: "Dr Meier" } }],
      promotion: { event: { toVersion: 2 } },
      run: { number: 1 },
      review: { state: "promoted" },
    });
    expect(bundle.run?.events.length).toBeGreaterThan(10);

    const tampered = (change: (copy: Bundle) => void): string[] => {
      const copy = structuredClone(bundle);
      change(copy);
      return names(copy);
    };
    expect(tampered((copy) => (copy.review.components.system += " And lie."))).toContain(
      "hash of the words under review",
    );
    const reading = (copy: Bundle) =>
      copy.looks[1]?.readings.find(
        ({ side, sample, score, recordId }) =>
          side === "candidate" && sample === 0 && (score ?? 0) > 0 && isSealed(copy, recordId),
      );
    const lowered = tampered((copy) => {
      const one = reading(copy);
      if (one) one.score = 0;
    });
    expect(lowered).toEqual(
      expect.arrayContaining(["look 2: meanAfter", "look 2: gain", "look 2: each pair"]),
    );
    expect(
      tampered((copy) => {
        if (copy.looks[1]?.result) copy.looks[1].result.pValue = 0.0001;
      }),
    ).toEqual(["look 2: pValue"]);
    expect(
      tampered((copy) => {
        const check = copy.looks[1]?.blind?.checks.find(({ swappedDuplicate }) => !swappedDuplicate);
        if (check) check.choice = "second";
      }),
    ).toEqual(["look 2: blind comparison"]);
    expect(tampered((copy) => (copy.approvals = []))).toContain("approvals of these words, at least one");
    expect(
      tampered((copy) => {
        const [id] = Object.keys(copy.run?.candidateScores ?? {});
        if (copy.run && id) copy.run.candidateScores[id] = copy.run.candidateScores[id] === 0 ? 1 : 0;
      }),
    ).toEqual(["in practice"]);
  }, 90_000); // a run and two looks

  it("names texts that were erased; the figures still agree", async () => {
    const review = await world.withEvidence(world.handWritten());
    const bundle = fileOf(review.id);
    const [record] = bundle.looks[0]?.records ?? [];
    for (const message of record?.inputs.messages ?? []) message.content = ERASED_TEXT;
    const report = verifyBundle(bundle);
    expect(report.erased).toEqual([`question of record ${record?.recordId}, look 1`]);
    expect(report.agrees).toBe(true);
  });

  it("is refused when it is something else", () => {
    expect(() => verifyBundle({ format: "other" })).toThrow();
  });
});

function isSealed(bundle: Bundle, recordId: string): boolean {
  return bundle.looks[1]?.records.find((one) => one.recordId === recordId)?.set === "sealed";
}
