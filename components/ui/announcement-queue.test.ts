import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAnnouncementQueue } from "./announcement-queue";

function createQueue() {
  const said: string[] = [];
  const queue = createAnnouncementQueue({
    now: () => Date.now(),
    after: (delayMs, task) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    say: (sentence) => said.push(sentence),
  });
  return { queue, said };
}

const RUN = { channel: "run", minIntervalMs: 10_000 };

describe("announcement queue", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("says the first sentence at once", () => {
    const { queue, said } = createQueue();
    queue.announce("Candidate 1 scored.", RUN);
    expect(said).toEqual(["Candidate 1 scored."]);
  });

  it("says at most one sentence in ten seconds during a run, and then the newest", () => {
    const { queue, said } = createQueue();
    for (let second = 0; second < 25; second += 1) {
      queue.announce(`second ${second}`, RUN);
      vi.advanceTimersByTime(1_000);
    }
    expect(said).toEqual(["second 0", "second 9", "second 19"]);
    vi.advanceTimersByTime(10_000);
    expect(said.at(-1)).toBe("second 24");
  });

  it("does not keep what a person did waiting behind a run", () => {
    const { queue, said } = createQueue();
    queue.announce("Candidate 1 scored.", RUN);
    queue.announce("Saved, 4 of 12.");
    queue.announce("Saved, 5 of 12.");
    expect(said).toEqual(["Candidate 1 scored.", "Saved, 4 of 12.", "Saved, 5 of 12."]);
  });

  it("calls off what waits when the page is left", () => {
    const { queue, said } = createQueue();
    queue.announce("one", RUN);
    queue.announce("two", RUN);
    queue.clear();
    vi.advanceTimersByTime(20_000);
    expect(said).toEqual(["one"]);
  });
});
