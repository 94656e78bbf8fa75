import { describe, expect, test } from "vitest";
import { ARMS, armsOf, REFERENCE } from "./arms";
import { regimeOf } from "./regimes";
import { runArm } from "./run-arm";
import { createVirtualTime } from "./virtual-time";
import { createWorld } from "./world";

const armOf = (id: string) => ARMS.find((arm) => arm.id === id)!;

test("virtual time jumps to the next event and keeps its order", async () => {
  const time = createVirtualTime();
  const seen: string[] = [];
  const wait = async (name: string, seconds: number) => {
    await time.sleep(seconds);
    seen.push(`${name} at ${time.now()}`);
  };
  await time.run(async () => {
    await Promise.all([wait("late", 60), wait("early", 5)]);
    await wait("last", 1);
  });
  expect(seen).toEqual(["early at 5", "late at 60", "last at 61"]);
});

test("an unknown arm is refused by name; the reference always comes along", () => {
  expect(() => armsOf(["frugel"])).toThrow(/No arm “frugel”. There are: reference, merge/);
  expect(armsOf(["fast"]).map(({ id }) => id)).toEqual(["reference", "fast"]);
});

test.each(["frugal", "fast", "reference"])(
  "latencies change no decision of %s, only the minutes",
  async (id) => {
    const world = createWorld(regimeOf("plain"), 1);
    const settings = { maxMetricCalls: 75, seed: 1 };
    const [plain, slow] = [
      await runArm(armOf(id), world, settings),
      await runArm(armOf(id), world, { ...settings, hasLatency: true }),
    ];
    expect(slow.result).toEqual(plain.result);
    expect(plain.measures.minutes).toBe(0);
    expect(slow.measures.minutes).toBeGreaterThan(0.5);
  },
);

describe("caps", () => {
  test.each(["cost", "dollars"] as const)("a run never spends more %s than it may", async (kind) => {
    for (let seed = 1; seed <= 4; seed++) {
      const world = createWorld(regimeOf("hard"), seed);
      const reference = await runArm(REFERENCE, world, { maxMetricCalls: 75, seed });
      const capped = await runArm(armOf("frugal"), world, {
        maxMetricCalls: 75,
        seed,
        caps: { [kind]: reference.measures[kind] },
      });
      expect(capped.measures[kind]).toBeLessThanOrEqual(reference.measures[kind]);
      expect(capped.measures.calls).toBeLessThanOrEqual(75);
      expect(capped.measures.share).toBeGreaterThan(0);
    }
  });
});

test("frugal leads the published reference at 75 calls, and at equal cost", async () => {
  const total = { frugal: 0, equal: 0, reference: 0 };
  for (let seed = 1; seed <= 8; seed++) {
    const world = createWorld(regimeOf("plain"), seed);
    const settings = { maxMetricCalls: 75, seed };
    const { measures: reference } = await runArm(REFERENCE, world, settings);
    const { measures: frugal } = await runArm(armOf("frugal"), world, settings);
    const { measures: equal } = await runArm(armOf("equal-cost"), world, {
      ...settings,
      caps: { cost: reference.cost },
    });
    total.reference += reference.share / 8;
    total.frugal += frugal.share / 8;
    total.equal += equal.share / 8;
  }
  expect(total.frugal).toBeGreaterThan(total.reference + 0.1);
  expect(total.equal).toBeGreaterThan(total.reference + 0.05);
});

test("a text that loses its variables is refused by the product's arms, and paid for by the published one", async () => {
  let refused = 0;
  let wasted = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const world = createWorld(regimeOf("variables"), seed);
    const settings = { maxMetricCalls: 75, seed };
    const published = await runArm(REFERENCE, world, settings);
    wasted += published.result.candidates.filter(({ candidate }) => !holdsAll(candidate.system!)).length;
    for (const id of ["hard", "frugal"]) {
      const { result, measures } = await runArm(armOf(id), world, settings);
      refused += measures.refused;
      expect(result.candidates.every(({ candidate }) => holdsAll(candidate.system!))).toBe(true);
    }
  }
  expect(wasted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

function holdsAll(text: string): boolean {
  return text.includes("{{question}}") && text.includes("{{material}}");
}

test("with several texts every one is worked on, and merging brings candidates together", async () => {
  const merge = armOf("merge");
  const touched = new Set<string>();
  let merged = 0;
  for (let seed = 1; seed <= 3; seed++) {
    const world = createWorld(regimeOf("parts"), seed);
    const settings = { maxMetricCalls: 300, seed };
    const { result } = await runArm(merge, world, settings);
    merged += result.candidates.filter(({ parentIds }) => parentIds.length === 2).length;
    const frugal = await runArm(armOf("frugal"), world, settings);
    for (const [name, text] of Object.entries(frugal.result.recommended))
      if (text.includes("Always carry out step")) touched.add(name);
  }
  expect(merged).toBeGreaterThan(0);
  expect([...touched].sort()).toEqual(["closing", "method", "opening"]);
});
