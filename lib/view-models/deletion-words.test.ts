import { expect, it } from "vitest";
import { goesSentence, readersOf, stopsSentence } from "./deletion-words";

const none = { records: 0, answers: 0, labels: 0, runs: 0, reviews: 0, promptVersions: 0, keys: 0 };
const preview = (more: Partial<Parameters<typeof goesSentence>[0]> = {}) => ({
  counts: none,
  endingJobs: [],
  fetches: [],
  ...more,
});

it("counts what goes, and leaves out what there is none of", () => {
  expect(goesSentence(preview())).toBe("Nothing was written in it yet.");
  const counts = { ...none, records: 1_200, labels: 1, promptVersions: 2 };
  expect(goesSentence(preview({ counts }))).toBe(
    "1,200 records, 1 label and 2 versions of its prompts are deleted, with every revision, stored call and note.",
  );
});

it("names work under way once", () => {
  expect(stopsSentence(preview())).toBeNull();
  const endingJobs = [
    { kind: "run", name: "Run 3" },
    { kind: "import", name: "an import" },
    { kind: "import", name: "an import" },
  ];
  expect(stopsSentence(preview({ endingJobs }))).toBe(
    "Under way now, and stopped by it: Run 3 and an import. What was paid for is paid.",
  );
});

it("names each agent once a prompt, the latest first, and counts the rest", () => {
  const fetches = [1, 2, 3, 4, 5, 6].flatMap((n) => [
    { prompt: "p", alias: "production", reader: `agent-${n}`, lastAt: n },
    { prompt: "p", alias: "staging", reader: `agent-${n}`, lastAt: 10 + n },
  ]);
  const { shown, more } = readersOf(preview({ fetches }));
  expect(shown.map(({ reader, lastAt }) => [reader, lastAt])).toEqual([
    ["agent-6", 16],
    ["agent-5", 15],
    ["agent-4", 14],
    ["agent-3", 13],
    ["agent-2", 12],
  ]);
  expect(more).toBe(1);
});
