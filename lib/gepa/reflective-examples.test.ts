import { expect, test } from "vitest";
import { chooseInheritedIds, chooseTeachingIds, failingIds } from "./reflective-examples";
import type { ScoredRollout } from "./rollout-desk";
import { bestScoresOf } from "./scores";
import { createMember, type Member, withReadings } from "./state";
import { scored } from "./testing/fakes";

const ids = ["r0", "r1", "r2", "r3", "r4"];
const member = (scores: Record<string, [number, string?]>): Member =>
  withReadings(
    createMember("c0", { system: "s" }, []),
    new Map(
      Object.entries(scores).map(([id, [score, feedback]]) => [id, scored(score, feedback) as ScoredRollout]),
    ),
  );

test("RF1 only known examples below the top score teach", () => {
  expect(failingIds(member({ r0: [1], r1: [0.99], r3: [0] }), ids)).toEqual(["r1", "r3"]);
});

test("RF1 most to gain first, and a new complaint before a repeated one", () => {
  const parent = member({
    r0: [0.5, "the deadline is missing"],
    r1: [0.25, "the deadline is missing"],
    r2: [0.5, "sounds impolite towards customers"],
  });
  expect(chooseTeachingIds(parent, new Map(), ids, 2)).toEqual(["r1", "r2"]);
  expect(chooseTeachingIds(parent, new Map(), ids, 8)).toEqual(["r1", "r2", "r0"]);
});

test("RF1 what nobody ever solved comes after what somebody did", () => {
  const parent = member({ r0: [0, "missing price"], r1: [0, "missing price"] });
  const rival = member({ r0: [0], r1: [0.5] });
  expect(chooseTeachingIds(parent, bestScoresOf([parent, rival]), ids, 1)).toEqual(["r1"]);
});

test("RF1 what was shown with this parent before comes later", () => {
  const parent = { ...member({ r0: [0, "no price"], r1: [0.25, "no date"] }), shown: new Map([["r0", 2]]) };
  expect(chooseTeachingIds(parent, new Map(), ids, 1)).toEqual(["r1"]);
});

test("RF3 the nearest ancestor that met an example speaks for it; what it solved is no failure of the line", () => {
  const parent = { ...member({ r0: [0] }), id: "c2" };
  const near = { ...member({ r0: [0], r1: [1], r2: [0.5, "no price"] }), id: "c1" };
  const far = member({ r1: [0, "no date"], r2: [0], r3: [0.25, "no unit"] });
  const chosen = chooseInheritedIds(parent, [near, far], new Map(), ids, 8);
  expect(chosen.map(({ exampleId, by }) => [exampleId, by.id])).toEqual([
    ["r2", "c1"],
    ["r3", "c0"],
  ]);
  expect(chooseInheritedIds(parent, [near, far], new Map(), ids, 1)).toHaveLength(1);
  expect(chooseInheritedIds(parent, [], new Map(), ids, 8)).toEqual([]);
});
