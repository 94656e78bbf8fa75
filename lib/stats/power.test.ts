import fc from "fast-check";
import { expect, test } from "vitest";
import { rngFrom } from "@/lib/util/rng";
import { detectableGain, pairsNeeded } from "./power";
import { signFlipTest } from "./sign-flip";

test("evidence is foretold: 12 pairs show 0.9 grades, 18 show 0.7, 32 show 0.5, 100 show 0.3", () => {
  const shown = [12, 18, 32, 100].map((pairs) => detectableGain({ pairs, sd: 1 })?.toFixed(1));
  expect(shown).toEqual(["0.9", "0.7", "0.5", "0.3"]);
});

test("a paired t-test of half a standard deviation needs 34 pairs (Cohen 1988, two-sided 0.05, power 0.8)", () => {
  expect(pairsNeeded({ gain: 0.5, sd: 1 })).toBe(34);
  expect(pairsNeeded({ gain: -0.5, sd: 1 })).toBe(34);
});

test("the sign-flip test on whole grades has about that power", () => {
  const gain = detectableGain({ pairs: 18, sd: 1 }) ?? 0;
  let shown = 0;
  for (let world = 0; world < 600; world++) {
    const rng = rngFrom(5, world);
    const differences = Array.from({ length: 18 }, () => {
      const normal = Array.from({ length: 12 }, () => rng.next()).reduce((a, b) => a + b) - 6;
      return Math.round((gain + normal) * 2) / 2;
    });
    if (signFlipTest(differences, { alternative: "greater", seed: 1 }).pValue <= 0.025) shown += 1;
  }
  expect(shown / 600).toBeGreaterThan(0.74);
  expect(shown / 600).toBeLessThan(0.86);
});

test("pairsNeeded is the least number that shows the gain", () => {
  const options = fc.record({
    gain: fc.double({ min: 0.05, max: 3, noNaN: true }),
    sd: fc.double({ min: 0.1, max: 3, noNaN: true }),
    alpha: fc.constantFrom(0.025, 0.0125, 0.05),
    power: fc.constantFrom(0.8, 0.9),
  });
  fc.assert(
    fc.property(options, ({ gain, ...rest }) => {
      const pairs = pairsNeeded({ gain, ...rest }) ?? 0;
      expect(detectableGain({ pairs, ...rest })).toBeLessThanOrEqual(gain);
      if (pairs > 2) expect(detectableGain({ pairs: pairs - 1, ...rest })).toBeGreaterThan(gain);
    }),
  );
});

test("says nothing where nothing can be said", () => {
  expect(detectableGain({ pairs: 1, sd: 1 })).toBeNull();
  expect(detectableGain({ pairs: 9, sd: 0 })).toBe(0);
  expect(pairsNeeded({ gain: 0, sd: 1 })).toBeNull();
  expect(pairsNeeded({ gain: 1e-6, sd: 1 })).toBeNull();
  expect(pairsNeeded({ gain: 0, sd: 0 })).toBeNull();
  expect(pairsNeeded({ gain: 1, sd: 0 })).toBe(2);
  expect(() => detectableGain({ pairs: 9, sd: -1 })).toThrow(RangeError);
});
