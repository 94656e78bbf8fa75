import { expect, test } from "vitest";
import { createRng } from "@/lib/util/rng";
import { orderExamples, raceOrder } from "./example-order";

test("RA1 the valset comes first where it is a part of the trainset", () => {
  const order = orderExamples(["a", "b", "c", "d", "e"], ["b", "d"], createRng(1));
  expect(order.slice(0, 2).toSorted()).toEqual(["b", "d"]);
  expect(order.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
});

test("RA1 disjoint sets take turns", () => {
  const order = orderExamples(["t1", "t2", "t3"], ["v1", "v2"], createRng(1));
  expect(order.map((id) => id[0]).join("")).toBe("tvtvt");
});

test("RA7 half of each rung are the examples that the change was aimed at, and nothing is lost", () => {
  const order = ["a", "b", "c", "d", "e", "f", "g"];
  expect(raceOrder(order, ["f", "b", "g"], 4)).toEqual(["f", "b", "a", "c", "g", "d", "e"]);
  expect(raceOrder(order, [], 4)).toEqual(order);
  expect(raceOrder(order, order, 4)).toEqual(order);
  expect(raceOrder(order, ["g"], 1)).toEqual(order);
});
