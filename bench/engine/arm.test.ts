import { expect, test } from "vitest";
import { runArm } from "./arm";
import { createVirtualTime } from "./virtual-time";
import { attainableQuality, createWorld, REGIMES, rollOut, ruleLine, SEED_TEXT, trueQuality } from "./world";

const [plain] = REGIMES;

test("a world is the same for the same seed, and a rule that is needed raises quality", () => {
  const [world, again] = [createWorld(plain!, 3), createWorld(plain!, 3)];
  expect(again).toEqual(world);
  const [record] = world.records;
  const text = record!.needs.map(ruleLine).join("\n");
  expect(trueQuality(world, text)).toBeGreaterThan(trueQuality(world, SEED_TEXT));
  expect(attainableQuality(world)).toBeGreaterThan(0.8);
  expect(rollOut(world, text, record!, 0)).toEqual(rollOut(world, text, record!, 0));
});

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

test("latencies change no decision, only the minutes", async () => {
  const world = createWorld(plain!, 1);
  const arm = { name: "frugal", strategy: "frugal", lanes: 2 } as const;
  const settings = { maxMetricCalls: 75, seed: 1 };
  const [plainRun, slowRun] = [
    await runArm(arm, world, settings),
    await runArm(arm, world, { ...settings, hasLatency: true }),
  ];
  expect(slowRun.result).toEqual(plainRun.result);
  expect(slowRun.minutes).toBeGreaterThan(1);
});

test("frugal leads the reference at 75 calls, and at equal cost", async () => {
  const shares = { frugal: 0, equal: 0, reference: 0 };
  for (let seed = 1; seed <= 8; seed++) {
    const world = createWorld(plain!, seed);
    const reference = await runArm(
      { name: "r", strategy: "reference", reference: { budgetMode: "soft" } },
      world,
      { maxMetricCalls: 75, seed },
    );
    const frugal = await runArm({ name: "f", strategy: "frugal" }, world, { maxMetricCalls: 75, seed });
    const equal = await runArm({ name: "f", strategy: "frugal" }, world, {
      maxMetricCalls: 75,
      seed,
      maxCost: reference.cost,
    });
    shares.reference += reference.quality / 8;
    shares.frugal += frugal.quality / 8;
    shares.equal += equal.quality / 8;
    expect(frugal.metricCalls).toBeLessThanOrEqual(75);
  }
  expect(shares.frugal).toBeGreaterThan(shares.reference + 0.1);
  expect(shares.equal).toBeGreaterThan(shares.reference + 0.05);
});
