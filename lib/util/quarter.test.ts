import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quarterBounds, quarterOf, quartersBetween } from "./quarter";

describe("quarters", () => {
  it("begin and end at midnight UTC", () => {
    const { from, until } = quarterBounds("2026-q4");
    expect([new Date(from).toISOString(), new Date(until).toISOString()]).toEqual([
      "2026-10-01T00:00:00.000Z",
      "2027-01-01T00:00:00.000Z",
    ]);
    expect([quarterOf(from), quarterOf(until - 1), quarterOf(until)]).toEqual([
      "2026-q4",
      "2026-q4",
      "2027-q1",
    ]);
  });

  it("hold every moment in exactly one", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990), max: Date.UTC(2100) }), (at) => {
        const { from, until } = quarterBounds(quarterOf(at));
        return from <= at && at < until;
      }),
    );
  });

  it("are listed latest first, over the turn of a year", () => {
    expect(quartersBetween(Date.UTC(2026, 6, 9), Date.UTC(2027, 1, 1))).toEqual([
      "2027-q1",
      "2026-q4",
      "2026-q3",
    ]);
    expect(quartersBetween(Date.UTC(2026, 6, 9), Date.UTC(2026, 6, 9))).toEqual(["2026-q3"]);
  });

  it("are refused where they are none", () => {
    for (const none of ["2026-q5", "2026", "q1", "2026-q1 "])
      expect(() => quarterBounds(none)).toThrow(RangeError);
  });
});
