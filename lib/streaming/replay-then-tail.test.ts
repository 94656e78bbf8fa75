import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEventBus } from "./event-bus";
import { type ReplaySource, replayThenTail } from "./replay-then-tail";
import { runTopic } from "./topics";

interface Item {
  seq: number;
  isUrgent: boolean;
}

const topic = runTopic("run_1");

/** A store that publishes after it has committed, as services do. */
function createWorld(stored = 0) {
  const bus = createEventBus();
  const rows: Item[] = [];
  let isEnded = false;
  const append = (isUrgent = true): Item => {
    const item = { seq: rows.length + 1, isUrgent };
    rows.push(item);
    return item;
  };
  for (let seq = 0; seq < stored; seq++) append();
  let reads = 0;
  const source: ReplaySource<Item> = {
    readAfter(seq, limit) {
      reads += 1;
      return rows.slice(seq, seq + limit);
    },
    isEnded: () => isEnded,
  };
  return {
    bus,
    source,
    rows,
    append,
    commit(isUrgent = true, how: "publish" | "silent" | "bare" = "publish") {
      const item = append(isUrgent);
      if (how !== "silent")
        bus.publish(topic, { seq: item.seq, isUrgent, item: how === "bare" ? undefined : item });
    },
    end() {
      isEnded = true;
      bus.end(topic);
    },
    reads: () => reads,
    follow(lastSeq = 0, signal = new AbortController().signal, from = source) {
      return replayThenTail<Item>({ bus, topic, lastSeq, source: from, signal });
    },
  };
}

async function collect(batches: AsyncIterable<readonly Item[]>): Promise<number[]> {
  const seqs: number[] = [];
  for await (const batch of batches) seqs.push(...batch.map(({ seq }) => seq));
  return seqs;
}

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe("replayThenTail", () => {
  it("replays what is stored after the last seq, in pages, then what comes", async () => {
    const world = createWorld(450);
    const all = collect(world.follow(3));
    await vi.waitFor(() => expect(world.reads()).toBeGreaterThan(3));
    world.commit();
    world.commit();
    world.end();
    expect(await all).toEqual(upTo(452, 4));
  });

  it("ends at once when the topic has ended, after the replay", async () => {
    const world = createWorld(5);
    world.end();
    expect(await collect(world.follow())).toEqual(upTo(5));
    expect(world.bus.subscriberCount()).toBe(0);
  });

  it("loses nothing that is committed between the read and the tail, and tells nothing twice", async () => {
    const world = createWorld(2);
    let armed = true;
    const racing: ReplaySource<Item> = {
      readAfter(seq, limit) {
        const rows = world.source.readAfter(seq, limit);
        // committed after the store was read, and before the read is answered
        if (armed && seq === 2) {
          armed = false;
          world.commit();
        }
        return rows;
      },
      isEnded: world.source.isEnded,
    };
    const all = collect(world.follow(0, undefined, racing));
    await vi.waitFor(() => expect(armed).toBe(false));
    world.commit();
    world.end();
    expect(await all).toEqual(upTo(4));
  });

  it("an end that comes while the store is asked does not cut off the last items", async () => {
    const world = createWorld(1);
    const racing: ReplaySource<Item> = {
      readAfter: world.source.readAfter,
      isEnded() {
        if (world.rows.length === 1) {
          world.commit();
          world.end();
          return false;
        }
        return true;
      },
    };
    expect(await collect(world.follow(0, undefined, racing))).toEqual([1, 2]);
  });

  it("reads the store where a message is missing or came without its copy", async () => {
    const world = createWorld(1);
    const all = collect(world.follow());
    await vi.waitFor(() => expect(world.bus.subscriberCount()).toBe(1));
    world.commit(true, "silent");
    world.commit();
    world.commit(true, "bare");
    world.commit();
    world.end();
    expect(await all).toEqual(upTo(5));
  });

  it("serves a follower that fell far behind from the store", async () => {
    const world = createWorld(0);
    const stream = world.follow();
    const first = stream.next();
    await vi.waitFor(() => expect(world.bus.subscriberCount()).toBe(1));
    for (let index = 0; index < 5_000; index++) world.commit();
    const seqs = (await first).value?.map(({ seq }) => seq) ?? [];
    world.end();
    expect([...seqs, ...(await collect(stream))]).toEqual(upTo(5_000));
  });

  it("stops on abort and unsubscribes", async () => {
    const world = createWorld(1);
    const aborting = new AbortController();
    const all = collect(world.follow(0, aborting.signal));
    await vi.waitFor(() => expect(world.reads()).toBeGreaterThan(1));
    aborting.abort();
    expect(await all).toEqual([1]);
    expect(world.bus.subscriberCount()).toBe(0);
  });

  it("property: each item once and in order, however commits, reads and ends interleave", async () => {
    const step = fc.constantFrom("urgent", "tick", "silent", "bare", "pause");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(5),
        fc.nat(5),
        fc.array(step, { maxLength: 30 }),
        async (stored, last, steps) => {
          const world = createWorld(stored);
          const slow: ReplaySource<Item> = {
            async readAfter(seq, limit) {
              await Promise.resolve();
              return world.source.readAfter(seq, Math.min(limit, 3));
            },
            isEnded: world.source.isEnded,
          };
          const lastSeq = Math.min(last, stored);
          const all = collect(
            replayThenTail({
              bus: world.bus,
              topic,
              lastSeq,
              source: slow,
              signal: new AbortController().signal,
              tickMs: 0,
            }),
          );
          for (const name of steps) {
            if (name === "pause") await Promise.resolve();
            else world.commit(name !== "tick", name === "silent" || name === "bare" ? name : "publish");
          }
          world.end();
          expect(await all).toEqual(upTo(world.rows.length, lastSeq + 1));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("ticks", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("come in at most five batches a second, and at once when something urgent does", async () => {
    const world = createWorld(0);
    const batches: number[][] = [];
    const aborting = new AbortController();
    const done = (async () => {
      for await (const batch of world.follow(0, aborting.signal)) batches.push(batch.map(({ seq }) => seq));
    })();
    await vi.advanceTimersByTimeAsync(0);
    for (let index = 0; index < 100; index++) {
      world.commit(false);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(batches.length).toBeLessThanOrEqual(6);
    world.commit(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches.flat()).toEqual(upTo(101));
    aborting.abort();
    await done;
  });
});
