import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256Hex, stableStringify } from "./hash";

test("sha256Hex hashes the UTF-8 bytes", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
});

describe("stableStringify", () => {
  test("does not depend on the order of keys, at any depth", () => {
    expect(stableStringify({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(stableStringify({ a: undefined, b: 1 })).toBe(stableStringify({ b: 1 }));
  });

  test("reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableStringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("refuses what JSON would lose in silence", () => {
    for (const value of [
      undefined,
      Number.NaN,
      { a: Infinity },
      [undefined],
      { f: () => 1 },
      { s: Symbol("s") },
    ]) {
      expect(() => stableStringify(value)).toThrow(TypeError);
    }
  });
});
