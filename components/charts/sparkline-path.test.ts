import { describe, expect, it } from "vitest";
import { sparklinePath } from "./sparkline-path";

const box = { width: 105, height: 25 };

describe("sparkline", () => {
  it("runs from the lowest to the highest value", () => {
    expect(sparklinePath([1, 2, 3], box)).toEqual({
      path: "M2.5 22.5L52.5 12.5L102.5 2.5",
      end: { x: 102.5, y: 2.5 },
    });
  });

  it("breaks where a value is missing, rather than making one up", () => {
    expect(sparklinePath([1, null, 3], box).path).toBe("M2.5 22.5M102.5 2.5");
  });

  it("puts a flat line and a single value in the middle", () => {
    expect(sparklinePath([2, 2], box).path).toBe("M2.5 12.5L102.5 12.5");
    expect(sparklinePath([2], box).end).toEqual({ x: 2.5, y: 12.5 });
  });

  it("keeps to given ends of the axis", () => {
    expect(sparklinePath([3], { ...box, min: 1, max: 5 }).end?.y).toBe(12.5);
  });

  it("draws nothing from nothing", () => {
    expect(sparklinePath([], box)).toEqual({ path: "", end: null });
    expect(sparklinePath([null, null], box)).toEqual({ path: "", end: null });
  });
});
