import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeWay, placeOfDragged, type RowPlace } from "./drag-order";

const rows: RowPlace[] = [
  { top: 0, height: 40 },
  { top: 48, height: 100 },
  { top: 156, height: 40 },
];

/** Rows under each other, eight pixels apart. */
const stacks = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }).map((heights) =>
  heights.map((height, index) => ({
    top: heights.slice(0, index).reduce((sum, above) => sum + above + 8, 0),
    height,
  })),
);

describe("the place of a dragged row", () => {
  it("changes when its middle has passed the middle of another", () => {
    expect([77, 78, 155, 156].map((by) => placeOfDragged(rows, 0, by))).toEqual([0, 1, 1, 2]);
    expect([-77, -79, -157].map((by) => placeOfDragged(rows, 2, by))).toEqual([2, 1, 0]);
  });

  it("stays in the list, however far it is dragged, and is its own when it was not moved", () => {
    fc.assert(
      fc.property(stacks, fc.nat(), fc.integer({ min: -9_000, max: 9_000 }), (stack, pick, by) => {
        const from = pick % stack.length;
        const to = placeOfDragged(stack, from, by);
        expect(to >= 0 && to < stack.length).toBe(true);
        expect(by >= 0 ? to >= from : to <= from).toBe(true);
        expect(placeOfDragged(stack, from, 0)).toBe(from);
      }),
    );
  });

  it("is made by exactly the rows between: they move by the height of the dragged one and the gap", () => {
    expect(rows.map((_, index) => makeWay(rows, 0, 2, index))).toEqual([0, -48, -48]);
    expect(rows.map((_, index) => makeWay(rows, 2, 1, index))).toEqual([0, 48, 0]);
    expect(rows.map((_, index) => makeWay(rows, 1, 1, index))).toEqual([0, 0, 0]);
  });
});
