import fc from "fast-check";
import { expect, test } from "vitest";
import { mapLimit } from "./map-limit";

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test("results are in the order of the items, with never more than the limit at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      async (turns, limit) => {
        let running = 0;
        let most = 0;
        const results = await mapLimit(turns, limit, async (count, index) => {
          most = Math.max(most, ++running);
          for (let turn = 0; turn < count; turn++) await Promise.resolve();
          running--;
          return index * 10;
        });
        expect(results).toEqual(turns.map((_, index) => index * 10));
        expect(most).toBe(Math.min(limit, turns.length));
      },
    ),
  );
});

test("after a failure nothing new starts, flights are waited for, and the first error is thrown", async () => {
  const gate = deferred();
  const started: number[] = [];
  let landed = false;
  const run = mapLimit([0, 1, 2, 3], 2, async (item) => {
    started.push(item);
    if (item === 0) throw new Error("first");
    await gate.promise;
    landed = true;
    throw new Error("second");
  });
  let isSettled = false;
  const watched = run.catch((error: Error) => {
    isSettled = true;
    return error.message;
  });
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect(isSettled).toBe(false);
  gate.resolve();
  expect(await watched).toBe("first");
  expect(landed).toBe(true);
  expect(started).toEqual([0, 1]);
});

test("an abort starts nothing new and rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const started: number[] = [];
  const run = mapLimit(
    [0, 1, 2],
    1,
    async (item) => {
      started.push(item);
      controller.abort(new Error("stopped by the user"));
    },
    controller.signal,
  );
  await expect(run).rejects.toThrow("stopped by the user");
  expect(started).toEqual([0]);
});

test("a limit that is no positive integer is refused", async () => {
  await expect(mapLimit([1], 0, async () => 1)).rejects.toThrow(RangeError);
  await expect(mapLimit([1], 1.5, async () => 1)).rejects.toThrow(RangeError);
  expect(await mapLimit([], 3, async () => 1)).toEqual([]);
});
