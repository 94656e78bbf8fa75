import { describe, expect, test } from "vitest";
import { readCandidate, ruleLine, seedCandidate } from "./prompt-reading";
import { REGIMES, regimeOf } from "./regimes";
import { attainableQuality, createWorld, idealCandidate, rollOut, trueQuality } from "./world";

describe.each(REGIMES.map((regime) => [regime.name, regime] as const))("%s", (_name, regime) => {
  const world = createWorld(regime, 3);

  test("the same seed makes the same world, another seed another", () => {
    expect(createWorld(regime, 3)).toEqual(world);
    expect(createWorld(regime, 4).records).not.toEqual(world.records);
  });

  test("there is something to gain, and the ideal candidate has it", () => {
    expect(trueQuality(world, seedCandidate(regime))).toBeLessThan(0.25);
    const [attainable, ideal] = [attainableQuality(world), trueQuality(world, idealCandidate(world))];
    expect(ideal).toBeGreaterThan(regime.name === "bloat" ? 0.75 : 0.85);
    expect(attainable).toBeGreaterThanOrEqual(ideal);
    expect(attainable).toBeLessThan(regime.name === "bloat" ? ideal + 0.2 : ideal + 0.001);
  });

  test("an answer is the same for the same candidate, record and sample", () => {
    const [record] = world.records;
    const answer = rollOut(world, idealCandidate(world), record!, 0);
    expect(rollOut(world, idealCandidate(world), record!, 0)).toEqual(answer);
    expect(answer.score).toBeGreaterThanOrEqual(0);
    expect(answer.score).toBeLessThanOrEqual(1);
  });
});

test("without a variable nothing is worth anything", () => {
  const world = createWorld(regimeOf("variables"), 1);
  const broken = { system: idealCandidate(world).system!.replace("material: {{material}}\n", "") };
  expect(trueQuality(world, broken)).toBe(0);
  expect(rollOut(world, broken, world.records[0]!, 0).score).toBe(0);
  expect(trueQuality(world, { system: `${idealCandidate(world).system}\n{{ question }}` })).toBeGreaterThan(
    0.8,
  );
});

test("a rule works in its own text only", () => {
  const regime = regimeOf("parts");
  const seed = seedCandidate(regime);
  const right = { ...seed, method: `${seed.method}\n${ruleLine(1)}` };
  const wrong = { ...seed, opening: `${seed.opening}\n${ruleLine(1)}` };
  expect(readCandidate(regime, right).correct).toEqual(new Set([1]));
  expect(readCandidate(regime, wrong).correct).toEqual(new Set());
});
