import { describe, expect, it } from "vitest";
import { BadInput } from "./bad-input";
import { readOptions } from "./options";

const FILES = ["--records", "d.jsonl", "--prompt", "p.md", "--judge", "j.md", "--scale", "1-5"];
const ENDPOINT = [
  "--base-url",
  "http://127.0.0.1:1/v1/",
  "--task-model",
  "t",
  "--judge-model",
  "j",
  "--reflection-model",
  "r",
];

describe("architecture.md, Headless: options", () => {
  it("has the documented values where nothing is said", () => {
    expect(readOptions(FILES)).toEqual({
      records: "d.jsonl",
      prompt: "p.md",
      judge: "j.md",
      scale: "1-5",
      endpoint: null,
      maxMetricCalls: 75,
      seed: 1,
      concurrency: 16,
      lanes: 1,
      holdout: 0.3,
      split: undefined,
      strategy: "frugal",
      json: false,
      db: undefined,
      notes: [],
    });
  });

  it("takes everything else as given", () => {
    const more = [
      "--holdout=0",
      "--split",
      "halves",
      "--strategy",
      "reference",
      "--seed",
      "-7",
      "--json",
      "--db",
      "x.db",
    ];
    expect(readOptions([...FILES, ...ENDPOINT, ...more])).toMatchObject({
      endpoint: { baseUrl: "http://127.0.0.1:1/v1", taskModel: "t", judgeModel: "j", reflectionModel: "r" },
      holdout: 0,
      split: "halves",
      strategy: "reference",
      seed: -7,
      json: true,
      db: "x.db",
    });
  });

  it("says plainly that models without an endpoint are not used", () => {
    expect(readOptions([...FILES, "--task-model", "gpt"])).toMatchObject({
      endpoint: null,
      notes: ["--task-model not used: no --base-url was given."],
    });
  });

  it("asks for help before it complains", () => {
    expect(readOptions(["--help", "--foo"])).toBe("help");
  });

  it.each([
    [["--foo"], "--foo is no option here."],
    [["stray"], '"stray" stands alone.'],
    [["--seed", "1.5"], "--seed 1.5 cannot be used. Give a whole number"],
    [["--holdout", "0.95"], "--holdout 0.95 cannot be used."],
    [["--split", "thirds"], "--split thirds cannot be used. Give shared or halves."],
    [["--lanes", "--json"], "--lanes needs a value after it."],
    [["--base-url", "ftp://x"], "--base-url ftp://x is no address."],
    [["--base-url", "http://x/v1"], "--judge-model is missing."],
    [["--scale", "1-3"], "--scale was given twice."],
  ])("refuses %j with what to do", (args, problem) => {
    expect(problemsOf([...FILES, ...args])).toContain(problem);
  });

  it("names everything that is missing at once", () => {
    const said = problemsOf([]);
    for (const flag of ["--records", "--prompt", "--judge", "--scale"])
      expect(said).toContain(`${flag} is missing.`);
  });
});

function problemsOf(args: string[]): string {
  try {
    readOptions(args);
  } catch (error) {
    if (error instanceof BadInput) return error.problems.join("\n");
    throw error;
  }
  return "";
}
