import fc from "fast-check";
import { expect, test } from "vitest";
import { packScores, unpackScores } from "./run-matrix";

const ids = (prefix: string) => fc.integer({ min: 0, max: 12 }).map((number) => `${prefix}${number}`);
const score = fc.oneof(
  fc.constant(null),
  fc.constantFrom(0, 0.25, 0.5, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const scores = fc.dictionary(ids("c"), fc.dictionary(ids("rec_"), score));

test("what is packed is unpacked as it was: scored, could not be scored, not scored", () => {
  fc.assert(
    fc.property(scores, (before) => {
      expect(unpackScores(JSON.parse(JSON.stringify(packScores(before))))).toEqual(before);
    }),
  );
});

test("500 candidates on 200 records are sent in a third of a megabyte", () => {
  const rows = Array.from({ length: 500 }, (_, candidate) => [
    `c${candidate}`,
    Object.fromEntries(
      Array.from({ length: 200 }, (_, record) => [
        `rec_0mabcdefghijklmnopqrst${record}`,
        ((candidate * 7 + record) % 5) / 4,
      ]),
    ),
  ]);
  const nested = Object.fromEntries(rows);
  const packed = JSON.stringify(packScores(nested)).length;
  expect(packed).toBeLessThan(333_000);
  expect(packed * 10).toBeLessThan(JSON.stringify(nested).length);
});
