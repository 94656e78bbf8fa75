import { describe, expect, it } from "vitest";
import { BadInput } from "./bad-input";
import { readInputs } from "./inputs";

const NAMES = { records: "d.jsonl", prompt: "p.md", judge: "j.md", scale: "1-5" };
const JUDGE = "Question: {{ inputs }}\nAnswer: {{ outputs }}\nGood: {{ expectations }}";
const line = (content: string, expected = "Says yes.") =>
  JSON.stringify({
    inputs: { messages: [{ role: "user", content }] },
    expectations: { expected_response: expected },
  });

const read = (files: Record<string, string>, names = NAMES) =>
  readInputs(names, (file) => {
    const text = { "p.md": "Be brief.\n", "j.md": JUDGE, ...files }[file];
    if (text === undefined) throw Object.assign(new Error("x"), { code: "ENOENT" });
    return text;
  });

const problemsOf = async (...args: Parameters<typeof read>): Promise<readonly string[]> => {
  const error = await read(...args).catch((thrown: unknown) => thrown);
  if (!(error instanceof BadInput)) throw error;
  return error.problems;
};

describe("architecture.md, Headless: bad input is told by line and with what to do", () => {
  it("reads records, prompt, judge and scale", async () => {
    const inputs = await read({ "d.jsonl": `\uFEFF${line("One?")}\n\n${line("Two?")}\n` });
    expect(inputs.records.map((record) => record.line)).toEqual([1, 3]);
    expect(inputs).toMatchObject({
      prompt: "Be brief.",
      scale: { kind: "numeric", min: 1, max: 5, step: 1 },
    });
  });

  it("names every bad line of the records, a first one too", async () => {
    const problems = await problemsOf({
      "d.jsonl": ["not json", line("Fine?"), '{"inputs": {}}', line("Empty?", " ")].join("\n"),
    });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "d.jsonl, line 1",
      "d.jsonl, line 3",
      "d.jsonl, line 4",
    ]);
    expect(problems[2]).toContain("does not say what a good answer does");
  });

  it("names records that lack a field of the prompt", async () => {
    const [problem] = await problemsOf({ "d.jsonl": line("One?"), "p.md": "You help {{ team }}." });
    expect(problem).toContain('d.jsonl, line 1: The field "team"');
  });

  it("names missing files, an empty prompt, wrong variables and a scale without order, all at once", async () => {
    const problems = await problemsOf(
      { "p.md": " ", "j.md": "Is {{ answer }} good?" },
      { ...NAMES, scale: "billing, refund" },
    );
    expect(problems).toEqual([
      "--records d.jsonl cannot be read: there is no such file. Check the name and the folder.",
      "p.md is empty. Write the starting prompt into it.",
      expect.stringContaining("--scale billing, refund has no order"),
      expect.stringContaining(
        "j.md, line 1, column 4: {{ answer }} is not a variable here. Do you mean {{ outputs }}?",
      ),
    ]);
  });

  it("refuses a file without records", async () => {
    expect(await problemsOf({ "d.jsonl": "\n" })).toEqual([
      expect.stringContaining("d.jsonl holds no record."),
    ]);
  });
});
