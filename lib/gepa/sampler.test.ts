import { expect, test } from "vitest";
import { createRng } from "@/lib/util/rng";
import { createEpochSampler, padToChunks } from "./sampler";

test("MB1 padding takes the least used id that came last", () => {
  expect(padToChunks(["4", "1", "5", "2", "0", "3", "7", "6"], 3)).toEqual([
    "4",
    "1",
    "5",
    "2",
    "0",
    "3",
    "7",
    "6",
    "6",
  ]);
  expect(padToChunks(["0", "1"], 3)).toEqual(["0", "1", "1"]);
  expect(padToChunks(["0"], 3)).toEqual(["0", "0", "0"]);
});

test("MB1 every id once an epoch, a chunk for each task, a reshuffle when the epoch is over", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const sampler = createEpochSampler(ids, 2, (epoch) => createRng(epoch));
  const first = [0, 1, 2].flatMap((iteration) => sampler.next(iteration, 0));
  expect(first.toSorted()).toEqual(ids);
  expect(sampler.next(2, 1)).toEqual(first.slice(0, 2)); // wraps around
  const second = [3, 4, 5].flatMap((iteration) => sampler.next(iteration, 0));
  expect(second.toSorted()).toEqual(ids);
  expect(second).not.toEqual(first);
});
