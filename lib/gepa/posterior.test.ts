import { expect, test } from "vitest";
import { estimateNoise, normalCdf, pairedPosterior } from "./posterior";
import { estimateQualities } from "./qualities";
import type { ScoredRollout } from "./rollout-desk";
import { createMember, withReadings } from "./state";
import { scored } from "./testing/fakes";

const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
/** As a run numbers its own. */
const numbers = new Map(ids.map((id, index) => [id, index]));
const member = (id: string, parents: string[], scores: Record<string, number>) =>
  withReadings(
    createMember(id, { system: id }, parents),
    new Map(Object.entries(scores).map(([key, score]) => [key, scored(score) as ScoredRollout])),
  );
const on = (count: number, score: number, from = 0) =>
  Object.fromEntries(ids.slice(from, from + count).map((id) => [id, score]));

test("RA2 the normal distribution function", () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 7);
  expect(normalCdf(1.96)).toBeCloseTo(0.975, 4);
  expect(normalCdf(-1)).toBeCloseTo(0.158655, 5);
});

test("RA2 evidence moves the belief, and more of it moves it further", () => {
  const noise = { variance: 0.06 };
  expect(pairedPosterior([], noise)).toMatchObject({
    mean: 0,
    sd: 0.25,
    probability: expect.closeTo(0.5, 6),
  });
  const few = pairedPosterior([0.25, 0.25], noise);
  const many = pairedPosterior(Array(8).fill(0.25), noise);
  expect(few.probability).toBeGreaterThan(0.7);
  expect(many.probability).toBeGreaterThan(few.probability);
  expect(many.mean).toBeLessThan(0.25); // shrunk towards no change
  expect(pairedPosterior([-0.5, -0.25], noise).probability).toBeLessThan(0.1);
});

test("RA2 noise is pooled over pairs of parent and child, and starts from a prior", () => {
  const seed = member("c0", [], on(12, 0.5));
  expect(estimateNoise([seed]).variance).toBeCloseTo(0.06, 6);
  const steady = member("c1", ["c0"], on(12, 0.75));
  expect(estimateNoise([seed, steady]).variance).toBeLessThan(0.06);
  const wild = member("c2", ["c0"], { ...on(6, 1), ...on(6, 0, 6) });
  expect(estimateNoise([seed, wild]).variance).toBeGreaterThan(0.1);
});

test("RA6 a candidate that met easy examples is not taken for good", () => {
  const seed = member("c0", [], { ...on(6, 1), ...on(6, 0, 6) });
  const same = member("c1", ["c0"], on(6, 1));
  const better = member("c2", ["c0"], on(6, 0.4, 6));
  const qualities = estimateQualities([seed, same, better], { variance: 0.06 }, numbers);
  expect(qualities.get("c2")!).toBeGreaterThan(qualities.get("c1")! + 0.1);
});

test("RA6 few readings stay close to the parent", () => {
  const seed = member("c0", [], on(12, 0.5));
  const lucky = member("c1", ["c0"], on(1, 1));
  const proven = member("c2", ["c0"], on(12, 0.9));
  const qualities = estimateQualities([seed, lucky, proven], { variance: 0.06 }, numbers);
  expect(qualities.get("c2")!).toBeGreaterThan(qualities.get("c1")!);
});
