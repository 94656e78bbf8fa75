import { describe, expect, it } from "vitest";
import { createRunClock } from "./run-clock";

const event = (at: number, type: string) => ({ at, body: { type } });

describe("time at work, which the minute cap counts", () => {
  it("leaves out pauses and the time that the server was down", () => {
    const journal = [
      event(1_000, "run-started"),
      event(3_000, "paused"),
      event(9_000, "resumed"),
      event(10_000, "rollout-finished"),
      // a kill, and a start much later
      event(60_000, "resumed"),
      event(61_000, "rollout-finished"),
    ];
    expect(createRunClock(journal, () => 0).activeMs()).toBe(2_000 + 1_000 + 1_000);
  });

  it("stands still while it is stopped", () => {
    let now = 0;
    const clock = createRunClock([], () => now);
    now = 500;
    clock.stop();
    clock.stop();
    now = 5_000;
    expect(clock.activeMs()).toBe(500);
    clock.go();
    now = 5_200;
    expect(clock.activeMs()).toBe(700);
  });
});
