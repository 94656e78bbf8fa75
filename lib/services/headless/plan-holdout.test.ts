import { expect, it } from "vitest";
import { planHoldout } from "./plan-holdout";

const record = (content: string) => ({
  inputs: { v: 1 as const, messages: [{ role: "user" as const, content }], fields: {} },
});
const distinct = Array.from({ length: 20 }, (_, index) => record(String.fromCharCode(97 + index).repeat(30)));

it("keeps the asked share, the same for the same seed, another for another", () => {
  const first = planHoldout(distinct, 0.3, 1);
  expect(first.sealed.size).toBe(6);
  expect(first.alike).toBe(0);
  expect(planHoldout(distinct, 0.3, 1)).toEqual(first);
  expect(planHoldout(distinct, 0.3, 2).sealed).not.toEqual(first.sealed);
});

it("keeps nothing at 0, and leaves the search at least one record", () => {
  expect(planHoldout(distinct, 0, 1).sealed.size).toBe(0);
  expect(planHoldout(distinct.slice(0, 2), 0.9, 1).sealed.size).toBe(1);
  expect(() => planHoldout(distinct.slice(0, 1), 0.3, 1)).toThrow("--holdout 0");
});

it("keeps near-duplicates on one side, and says so where that cannot be", () => {
  const twins = distinct.flatMap((one) => [one, one]);
  const { sealed, alike } = planHoldout(twins, 0.3, 3);
  expect([sealed.size, alike]).toEqual([12, 0]);
  for (const index of sealed) expect(sealed.has(index ^ 1)).toBe(true);
  const same = Array.from({ length: 10 }, () => record("What is the same everywhere?"));
  expect(planHoldout(same, 0.3, 1)).toMatchObject({ alike: 3 });
});
