import { describe, expect, test } from "vitest";
import { createFairPool } from "./fair-pool";

const never = new AbortController().signal;

/** Work that ends when told to, and notes when it starts. */
function tracked(): {
  started: string[];
  work(name: string): () => Promise<string>;
  finish(name: string): Promise<void>;
} {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    started,
    work: (name) => () =>
      new Promise((resolve) => {
        started.push(name);
        ends.set(name, () => resolve(name));
      }),
    finish: async (name) => {
      ends.get(name)?.();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
  };
}

describe("the fair pool", () => {
  test("serves jobs in turn, so a long queue does not keep a short one waiting", async () => {
    const pool = createFairPool(1);
    const { started, work, finish } = tracked();
    for (const name of ["a1", "a2", "a3"]) void pool.run("a", work(name), never);
    void pool.run("b", work("b1"), never);
    await finish("none");
    for (const name of ["a1", "a2", "b1"]) await finish(name);
    expect(started).toEqual(["a1", "a2", "b1", "a3"]);
  });

  test("keeps the order of arrival inside a job and never runs more than its limit", async () => {
    const pool = createFairPool(2);
    const { started, work, finish } = tracked();
    for (const name of ["1", "2", "3", "4"]) void pool.run("a", work(name), never);
    await finish("none");
    expect(started).toEqual(["1", "2"]);
    expect(pool.stats()).toEqual({ limit: 2, running: 2, waiting: 2, jobs: 1 });
    await finish("1");
    expect(started).toEqual(["1", "2", "3"]);
  });

  test("an abort while waiting rejects with its reason and never starts the work", async () => {
    const pool = createFairPool(1);
    const { started, work, finish } = tracked();
    void pool.run("a", work("first"), never);
    const aborter = new AbortController();
    const reason = new Error("stop");
    const waiting = pool.run("a", work("second"), aborter.signal).catch((error: unknown) => error);
    await finish("none");
    aborter.abort(reason);
    expect(await waiting).toBe(reason);
    await finish("first");
    expect(started).toEqual(["first"]);
    expect(pool.stats()).toMatchObject({ running: 0, waiting: 0 });
  });

  test("work that fails gives its slot back", async () => {
    const pool = createFairPool(1);
    await expect(pool.run("a", () => Promise.reject(new Error("no")), never)).rejects.toThrow("no");
    expect(await pool.run("a", () => Promise.resolve(7), never)).toBe(7);
  });

  test("a raised limit starts what waits; a limit below 1 is refused", async () => {
    const pool = createFairPool(1);
    const { started, work, finish } = tracked();
    for (const name of ["1", "2", "3"]) void pool.run("a", work(name), never);
    pool.setLimit(3);
    await finish("none");
    expect(started).toEqual(["1", "2", "3"]);
    expect(() => pool.setLimit(0)).toThrow(RangeError);
  });
});
