import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createId, isIdOf, MAX_ID_SEQUENCE } from "./ids";
import { newId } from "./new-id";
import { createRng } from "./rng";

describe("createId", () => {
  test("is the prefix and 26 characters, decided by its arguments alone", () => {
    const id = createId("rec", 1_700_000_000_000, createRng(1).next);
    expect(id).toMatch(/^rec_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(createId("rec", 1_700_000_000_000, createRng(1).next)).toBe(id);
    expect(isIdOf("rec", id)).toBe(true);
    expect(isIdOf("run", id)).toBe(false);
    expect(isIdOf("rec", `${id}x`)).toBe(false);
  });

  test("sorts as text by time, then by sequence", () => {
    const moment = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: MAX_ID_SEQUENCE }));
    fc.assert(
      fc.property(moment, moment, fc.integer(), (a, b, seed) => {
        const { next } = createRng(seed);
        const [idA, idB] = [createId("x", a[0], next, a[1]), createId("x", b[0], next, b[1])];
        const order = a[0] - b[0] || a[1] - b[1];
        if (order !== 0) expect(idA < idB).toBe(order < 0);
      }),
    );
  });

  test("refuses what would not sort or not read", () => {
    const half = () => 0.5;
    expect(() => createId("Rec", 0, half)).toThrow(RangeError);
    expect(() => createId("", 0, half)).toThrow(RangeError);
    expect(() => createId("rec", -1, half)).toThrow(RangeError);
    expect(() => createId("rec", Number.NaN, half)).toThrow(RangeError);
    expect(() => createId("rec", 0, half, MAX_ID_SEQUENCE + 1)).toThrow(RangeError);
  });
});

describe("newId", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("ids sort in the order they were made, inside a millisecond and when the clock steps back", () => {
    vi.setSystemTime(5_000_000_000_000);
    const ids = Array.from({ length: MAX_ID_SEQUENCE + 10 }, () => newId("rec"));
    vi.setSystemTime(4_999_999_999_000);
    ids.push(newId("rec"));
    vi.setSystemTime(5_000_000_000_500);
    ids.push(newId("rec"));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
