import fc from "fast-check";
import { expect, test } from "vitest";
import { bestOnExamples, type FrontScores, frontsOf, frontWeights, pruneFronts } from "./front";

const ids = ["a", "b", "c", "d"];
const row = (...scores: (number | null)[]): FrontScores => ({
  scores: new Map(scores.flatMap((score, index) => (score === null ? [] : [[ids[index]!, score] as const]))),
  objectives: new Map(),
});
const plain = (map: ReadonlyMap<string, readonly number[]>) =>
  Object.fromEntries([...map].map(([key, members]) => [JSON.parse(key).join("|"), members]));

test("PF1 higher replaces, equal joins, a missing score has no say", () => {
  const fronts = frontsOf("instance", [row(0.5, 0.2, null), row(0.5, 0.3, null), row(0.4, null, null)], ids);
  expect(plain(fronts)).toEqual({ a: [0, 1], b: [1] });
});

test("PF2 candidates go by ascending mean; the earlier of two equal ones goes first", () => {
  const fronts = new Map([
    ["a", [0, 1]],
    ["b", [1, 2]],
    ["c", [2]],
    ["d", [0, 3]],
  ]);
  const byMean = pruneFronts(fronts, (index) => [0.2, 0.3, 0.4, 0.1][index]!);
  expect(Object.fromEntries(byMean)).toEqual({ a: [0], b: [2], c: [2], d: [0] });
  const equal = pruneFronts(fronts, () => 0.5);
  expect(Object.fromEntries(equal)).toEqual({ a: [1], b: [1, 2], c: [2], d: [3] });
  const tied = new Map([
    ["a", [0, 1]],
    ["b", [0, 1]],
  ]);
  expect(Object.fromEntries(pruneFronts(tied, () => 0.5))).toEqual({ a: [1], b: [1] });
});

test("PF4 objective, hybrid and cartesian fronts", () => {
  const candidate = (tone: number[], facts: number[]): FrontScores => ({
    scores: new Map(tone.map((score, index) => [ids[index]!, (score + facts[index]!) / 2])),
    objectives: new Map(tone.map((score, index) => [ids[index]!, { tone: score, facts: facts[index]! }])),
  });
  const candidates = [candidate([1, 0], [0.2, 0.2]), candidate([0.4, 0.4], [1, 0])];
  expect(plain(frontsOf("objective", candidates, ids))).toEqual({ "|tone": [0], "|facts": [1] });
  expect(plain(frontsOf("cartesian", candidates, ids))).toEqual({
    "a|tone": [0],
    "a|facts": [1],
    "b|tone": [1],
    "b|facts": [0],
  });
  expect(plain(frontsOf("hybrid", candidates, ids))).toEqual({ a: [1], b: [1], "|tone": [0], "|facts": [1] });
  expect(bestOnExamples(frontsOf("hybrid", candidates, ids)).get(0)).toEqual([]);
});

test("PF2 and PF3 a pruned front keeps a survivor for each key and never a dominated candidate", () => {
  const scores = fc.integer({ min: 0, max: 3 }).map((score) => score / 3);
  const table = fc
    .integer({ min: 1, max: 6 })
    .chain((width) =>
      fc.array(fc.array(scores, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );
  fc.assert(
    fc.property(table, (rows) => {
      const names = rows[0]!.map((_, index) => `e${index}`);
      const candidates = rows.map((list) => ({
        scores: new Map(list.map((score, index) => [names[index]!, score])),
        objectives: new Map(),
      }));
      const raw = frontsOf("instance", candidates, names);
      const kept = pruneFronts(raw, (index) => rows[index]!.reduce((a, b) => a + b, 0) / names.length);
      for (const [key, members] of kept) {
        expect(members.length).toBeGreaterThan(0);
        for (const member of members) expect(raw.get(key)).toContain(member);
      }
      for (const survivor of frontWeights(kept).keys()) {
        const holding = [...kept.values()].filter((members) => members.includes(survivor));
        expect(holding.some((members) => members.length === 1)).toBe(true);
      }
    }),
  );
});
