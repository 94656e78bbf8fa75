import { describe, expect, it } from "vitest";
import type { GepaEvent } from "@/lib/gepa";
import { createLuckTracker } from "./luck-tracker";

const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
const started = {
  type: "run-started",
  decision: 1,
  seedCandidateId: "c0",
  valset: ids,
  trainset: ids,
} as unknown as GepaEvent;
const scoresOf = (score: (index: number) => number) =>
  ids.map((exampleId, index) => ({ exampleId, score: score(index) }));
const seed = {
  type: "seed-evaluated",
  decision: 2,
  candidateId: "c0",
  scores: scoresOf(() => 0.5),
  meanScore: 0.5,
  excluded: [],
  metricCalls: 12,
} as unknown as GepaEvent;
const rejected = (candidateId: string, shift: number) =>
  ({
    type: "candidate-rejected",
    decision: 3,
    candidateId,
    scores: scoresOf((index) => 0.5 + (index % 2 ? shift : -shift)),
  }) as unknown as GepaEvent;

describe("the luck band of a run", () => {
  it("is not told before anything is compared, and lies round the starting prompt's mean", () => {
    const luck = createLuckTracker();
    luck.observe(started);
    luck.observe(seed);
    expect(luck.band()).toBeNull();
    luck.observe(rejected("c1", 0.25));
    const one = luck.band();
    expect(one?.low).toBeLessThan(0.5);
    expect(one?.high).toBeGreaterThan(0.5);
  });

  it("rises with the number of tries: the best of many flatters itself", () => {
    const luck = createLuckTracker();
    for (const event of [started, seed, rejected("c1", 0.25)]) luck.observe(event);
    const first = luck.band()?.high ?? 0;
    for (const id of ["c2", "c3", "c4", "c5"]) luck.observe(rejected(id, 0.25));
    expect(luck.band()?.high).toBeGreaterThan(first);
  });
});
