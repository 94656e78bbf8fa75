import { expect, test } from "vitest";
import { createLedger } from "./budget";

test("BU1 nothing is granted beyond the budget, and nothing charged beyond the grant", () => {
  const ledger = createLedger(10);
  const wallet = ledger.grant(6);
  expect([ledger.available(), ledger.reserved()]).toEqual([4, 6]);
  expect(() => ledger.grant(5)).toThrow("beyond the budget");
  for (let call = 0; call < 6; call++) wallet.charge(`call ${call}`);
  expect(() => wallet.charge("one more")).toThrow("more than the 6 calls");
});

test("BU1 what was not used is given back when it is settled", () => {
  const ledger = createLedger(10);
  const wallet = ledger.grant(6);
  wallet.charge("a");
  expect([ledger.used(), ledger.usedWith(wallet.callKeys())]).toEqual([0, 1]);
  ledger.settle(wallet);
  expect([ledger.used(), ledger.reserved(), ledger.available()]).toEqual([1, 0, 9]);
});

test("BU2 the same rollout is counted once, whoever asked for it", () => {
  const ledger = createLedger(10);
  const [first, second] = [ledger.grant(3), ledger.grant(3)];
  first.charge("c0 on r1");
  second.charge("c0 on r1");
  second.charge("c2 on r1");
  ledger.settle(first);
  ledger.settle(second);
  expect(ledger.used()).toBe(2);
});
