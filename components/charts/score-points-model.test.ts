import { describe, expect, it } from "vitest";
import { dotsPath, nearestPlace } from "./score-points-model";

const NOWHERE = { x: Number.NaN, y: 3 };

describe("dotsPath", () => {
  it("draws each place as a circle of its own, in one path", () => {
    expect(dotsPath([{ x: 10, y: 20 }], 3)).toBe("M7 20a3 3 0 1 0 6 0a3 3 0 1 0 -6 0");
    expect(
      dotsPath(
        [
          { x: 10, y: 20 },
          { x: 30, y: 5 },
        ],
        3,
      ).match(/M/g),
    ).toHaveLength(2);
  });

  it("leaves out what has no place", () => {
    expect(dotsPath([NOWHERE], 3)).toBe("");
  });
});

describe("nearestPlace", () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 0 }, NOWHERE, { x: 10, y: 0 }];

  it("is the nearest within reach; of several the one drawn on top", () => {
    expect(nearestPlace(places, { x: 2, y: 1 }, 12)).toBe(0);
    expect(nearestPlace(places, { x: 9, y: 1 }, 12)).toBe(3);
  });

  it("is none when all are farther", () => {
    expect(nearestPlace(places, { x: 50, y: 50 }, 12)).toBeNull();
    expect(nearestPlace([], { x: 0, y: 0 }, 12)).toBeNull();
  });
});
