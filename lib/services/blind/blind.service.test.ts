import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/contracts/permissions";
import { type ReviewWorld, refusalOf, reviewWorld } from "../reviews/testing/review-world";
import { blindWaitingFor } from "./blind.service";
import { comparable, planPairs, sheetLength } from "./plan-pairs";

const answers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    recordId: `rec_${index}`,
    before: { output: `old ${index}`, score: 0.5 },
    after: { output: `new ${index}`, score: 0.5 },
  }));

type Answer = ReturnType<typeof answers>[number];

describe("a sheet", () => {
  it("asks everybody about the same records, in an order and on sides of their own", () => {
    const of = (user: string) => planPairs(answers(30), "evd_1", user);
    const records = (user: string) => [...new Set(of(user).map(({ recordId }) => recordId))].sort();
    expect(records("usr_a")).toEqual(records("usr_b"));
    expect(records("usr_a")).toHaveLength(10);
    expect(of("usr_a")).toEqual(of("usr_a"));
    expect(of("usr_a")).not.toEqual(of("usr_b"));
    const first = Array.from({ length: 200 }, (_, user) => of(`usr_${user}`)).flat();
    const share = first.filter(({ candidateFirst }) => candidateFirst).length / first.length;
    expect(share).toBeGreaterThan(0.47);
    expect(share).toBeLessThan(0.53);
  });

  it("repeats two pairs the other way round, in its second half, each after its first time", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.string(), (count, user) => {
        const sheet = planPairs(answers(count), "evd_1", user);
        expect(sheet).toHaveLength(sheetLength(answers(count)));
        const repeats = sheet.filter(({ swappedDuplicate }) => swappedDuplicate);
        expect(repeats).toHaveLength(Math.min(10, count) < 4 ? 0 : 2);
        for (const repeat of repeats) {
          const before = sheet.findIndex(
            (pair) => pair.recordId === repeat.recordId && !pair.swappedDuplicate,
          );
          expect(before).toBeLessThan(sheet.indexOf(repeat));
          expect(sheet[before]).toMatchObject({
            firstOutput: repeat.secondOutput,
            secondOutput: repeat.firstOutput,
            candidateFirst: !repeat.candidateFirst,
          });
        }
      }),
    ));

  it("leaves out what says nothing: the same words, and answers that were not scored", () => {
    const [one, two, three] = [...answers(3)] as [Answer, Answer, Answer];
    const pairs = [
      one,
      { ...two, after: { output: "old 1 ", score: 1 } },
      { ...three, after: { output: "x", score: null } },
    ];
    expect(comparable(pairs)).toEqual([one]);
  });
});

describe("comparing blind", () => {
  let world: ReviewWorld;
  let ray: Extract<Actor, { kind: "user" }>;
  beforeEach(() => {
    world = reviewWorld();
    ray = world.server.person("Ray", world.projectId, "expert");
  });
  afterEach(() => world.server.close());

  const asked = async () => {
    const review = await world.withEvidence(world.handWritten());
    world.services.blind.request(world.actor, review.id);
    return review;
  };
  /** Answers every pair; `pick` sees only what the expert sees. */
  const answerAll = (
    reviewId: string,
    by: Actor,
    pick: (pair: { first: string; second: string }) => "first" | "second" | "same",
  ) => {
    for (const pair of world.services.blind.begin(by, reviewId).pairs)
      world.services.blind.answer(by, reviewId, pair.id, { choice: pick(pair), reason: "" });
  };
  const longer = ({ first, second }: { first: string; second: string }) =>
    first.length > second.length ? ("first" as const) : ("second" as const);

  it("tells nobody which is which: the sheet holds questions, two answers and the expert's own choice", async () => {
    const review = await asked();
    const sheet = world.services.blind.begin(ray, review.id);
    expect(sheet).toMatchObject({ askedBy: "Tester", total: sheet.pairs.length });
    expect(sheet.pairs.length).toBeGreaterThan(4);
    const fields = new Set(sheet.pairs.flatMap((pair) => Object.keys(pair)));
    expect([...fields].sort()).toEqual(
      [
        "choice",
        "expected",
        "first",
        "id",
        "mustMention",
        "mustNever",
        "question",
        "reason",
        "second",
      ].sort(),
    );
    expect(world.services.blind.begin(ray, review.id)).toEqual(sheet);
    expect(world.services.reviews.get(ray, review.id).blind).toMatchObject({
      sentence: "Nobody has finished comparing yet.",
      candidate: 0,
    });
  });

  it("counts finished sheets, tells steadiness from the repeats, and writes it into the version", async () => {
    const review = world.acceptAll(await asked());
    answerAll(review.id, ray, longer);
    const { blind } = world.services.reviews.get(world.actor, review.id);
    const [expert] = blind?.experts ?? [];
    expect(expert).toMatchObject({ name: "Ray", isDone: true, steady: 2, repeated: 2 });
    const distinct = world.services.blind.sheet(ray, review.id).pairs.length - 2;
    expect((blind?.candidate ?? 0) + (blind?.production ?? 0) + (blind?.same ?? 0)).toBe(distinct);
    expect(blind?.candidate).toBeGreaterThan(blind?.production ?? 0);
    expect(blind?.sentence).toContain(`preferred the new words on ${blind?.candidate}`);
    expect(blind?.pValue).toBeLessThan(1);
    world.server.person("Dr Meier", world.projectId, "approver");
    const meier = world.server.person("Dr Weber", world.projectId, "approver");
    world.services.reviews.promote(meier, review.id, {
      expectedCurrent: 1,
      reason: "Good.",
      override: false,
    });
    const version = world.repos.prompts.versionByNumber(world.seeded.promptId, 2);
    expect(version?.commitMessage).toContain("not told which is which");
  });

  it("waits on the overview of experts who did not write the words, until their sheet is done", async () => {
    const waiting = (by: Actor & { kind: "user" }) =>
      blindWaitingFor(world.repos, world.projectId, by.userId)?.left ?? 0;
    expect(waiting(ray)).toBe(0);
    const review = await asked();
    expect(waiting(ray)).toBeGreaterThan(4);
    expect(waiting(world.actor)).toBe(0);
    answerAll(review.id, ray, longer);
    expect(waiting(ray)).toBe(0);
  });

  it("shows an expert who always takes the first one as unsteady", async () => {
    const review = await asked();
    answerAll(review.id, ray, () => "first");
    expect(world.services.reviews.get(world.actor, review.id).blind).toMatchObject({
      steady: 0,
      repeated: 2,
      firstShare: 1,
    });
  });

  it("never becomes a label, and is void with the words it was about", async () => {
    const review = await asked();
    answerAll(review.id, ray, longer);
    const judgeId = world.repos.judges.list(world.projectId)[0]?.id ?? "";
    expect(world.repos.labels.listTeaching(world.projectId, judgeId)).toEqual([]);
    const edited = world.services.reviews.edit(world.actor, review.id, {
      components: { system: "Answer in one sentence." },
      expectedHash: review.contentHash,
    });
    expect(refusalOf(() => world.services.blind.begin(ray, review.id)).code).toBe("not-ready");
    expect(refusalOf(() => world.services.blind.request(world.actor, edited.id)).code).toBe("not-ready");
  });

  it("is for experts of the project who did not write the words, once somebody has asked", async () => {
    const review = await world.withEvidence(world.handWritten());
    expect(refusalOf(() => world.services.blind.begin(ray, review.id)).code).toBe("not-ready");
    world.services.blind.request(ray, review.id);
    world.services.blind.request(world.actor, review.id);
    expect(world.services.reviews.get(ray, review.id).blind?.askedBy).toBe("Ray");
    expect(refusalOf(() => world.services.blind.begin(world.actor, review.id)).code).toBe("forbidden");
    const viewer = world.server.person("Vera", world.projectId, "viewer");
    expect(refusalOf(() => world.services.blind.begin(viewer, review.id)).code).toBe("forbidden");
    const sheet = world.services.blind.begin(ray, review.id);
    const lead = world.server.person("Lea", world.projectId, "lead");
    expect(
      refusalOf(() =>
        world.services.blind.answer(lead, review.id, sheet.pairs[0]?.id ?? "", {
          choice: "same",
          reason: "",
        }),
      ).code,
    ).toBe("not-found");
    world.services.reviews.decline(world.actor, review.id, "No.");
    expect(
      refusalOf(() =>
        world.services.blind.answer(ray, review.id, sheet.pairs[0]?.id ?? "", { choice: "same", reason: "" }),
      ).code,
    ).toBe("conflict");
  });
});
