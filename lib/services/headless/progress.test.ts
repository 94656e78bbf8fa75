import { expect, it } from "vitest";
import { createProgressLine } from "./progress";
import type { Progress } from "./watch-run";

const CLEAR = "\r\u001b[2K";
const at = (metricCalls: number, change: Partial<Progress> = {}): Progress => ({
  metricCalls,
  maxMetricCalls: 75,
  best: null,
  edits: 0,
  ...change,
});

function line(stream: { isTTY?: boolean; columns?: number } = {}) {
  const clock = { now: 0 };
  const written: string[] = [];
  const bar = createProgressLine({ ...stream, write: (text) => void written.push(text) }, () => clock.now);
  return { bar, written, clock };
}

it("redraws one line on a terminal, cut to its width, and takes it away at the end", () => {
  const { bar, written } = line({ isTTY: true, columns: 60 });
  bar.show(at(0));
  bar.show(at(25, { best: 0.614, edits: 1 }));
  bar.end();
  expect(written[0]).toBe(`${CLEAR}[----------------] 0 of 75 scored answers, 0 edits tried`);
  expect(written[1]).toBe(`${CLEAR}[#####-----------] 25 of 75 scored answers, at most 1 s lef`);
  expect(written[2]).toBe(CLEAR);
  expect(written.join("")).not.toContain("\n");
});

it("takes a terminal that does not know its width for 80 columns", () => {
  for (const columns of [undefined, 0]) {
    const { bar, written } = line(columns === undefined ? { isTTY: true } : { isTTY: true, columns });
    bar.show(at(0));
    expect(written[0]).toBe(`${CLEAR}[----------------] 0 of 75 scored answers, 0 edits tried`);
  }
});

it("says how long the rest takes at the pace so far", () => {
  const { bar, written, clock } = line({ isTTY: true, columns: 200 });
  bar.show(at(0));
  clock.now = 4_000;
  bar.show(at(4));
  expect(written.at(-1)).not.toContain("left");
  clock.now = 10_000;
  bar.show(at(5));
  expect(written.at(-1)).toContain(", at most 2 min left");
  clock.now = 20_000;
  bar.show(at(50));
  expect(written.at(-1)).toContain(", at most 10 s left");
  bar.show(at(75));
  expect(written.at(-1)).not.toContain("left");
});

it("without a terminal says a plain line at most every ten seconds", () => {
  const { bar, written, clock } = line();
  for (const [now, calls] of [
    [0, 1],
    [5_000, 10],
    [9_999, 20],
    [10_000, 30],
  ] as const) {
    clock.now = now;
    bar.show(at(calls));
  }
  bar.end();
  expect(written).toEqual([
    "1 of 75 scored answers, 0 edits tried\n",
    "30 of 75 scored answers, at most 16 s left, 0 edits tried\n",
  ]);
});

it("words of a person stand above the bar", () => {
  const { bar, written } = line({ isTTY: true, columns: 60 });
  bar.show(at(5));
  bar.say("Trying again in 5 seconds.");
  expect(written.at(-1)).toBe(
    `${CLEAR}Trying again in 5 seconds.\n[#---------------] 5 of 75 scored answers, 0 edits tried`,
  );
});
