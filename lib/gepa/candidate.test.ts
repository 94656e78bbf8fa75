import { expect, test } from "vitest";
import { candidateIdOf, candidateKey, dedupeKey, proposalIdOf } from "./candidate";

test("ID1 identity is the sorted pairs of name and text", () => {
  expect(candidateKey({ a: "1", b: "2" })).toBe(candidateKey({ b: "2", a: "1" }));
  expect(candidateKey({ a: "1", b: "2" })).not.toBe(candidateKey({ a: "2", b: "1" }));
  expect(candidateIdOf(proposalIdOf(7))).toBe("c7");
});

test("CK6 white space at line ends and around the text makes no other candidate", () => {
  expect(dedupeKey({ a: "one  \ntwo\n" })).toBe(dedupeKey({ a: "one\ntwo" }));
  expect(dedupeKey({ a: "one\n\ntwo" })).not.toBe(dedupeKey({ a: "one\ntwo" }));
});
