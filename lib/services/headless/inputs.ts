import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { Expectations } from "@/lib/contracts/records";
import { isOrdered, parseScale, type Scale, validateInstructions } from "@/lib/judge";
import type { ImportCandidate } from "../records/import-line";
import { readImport } from "../records/read-import";
import { variablesOf } from "../sets/prompt-variables";
import { isUsable } from "../sets/readiness";
import { BadInput } from "./bad-input";
import type { HeadlessOptions } from "./options";

export interface HeadlessRecord extends Pick<ImportCandidate, "line" | "inputs"> {
  expectations: Expectations;
  tags: string[];
  critical: boolean;
}

/** What the search works with. */
export interface HeadlessInputs {
  records: HeadlessRecord[];
  prompt: string;
  instructions: string;
  scale: Scale;
}

type Files = Pick<HeadlessOptions, "records" | "prompt" | "judge" | "scale">;

/**
 * Reads and checks everything that was named. Throws `BadInput` with every problem at once: each line of the records
 * that cannot be used, by number.
 * @param readText the text of a file by its name as typed; throws when it cannot be read
 */
export async function readInputs(
  options: Files,
  readText: (file: string) => string,
): Promise<HeadlessInputs> {
  const problems: string[] = [];
  const textOf = (flag: "records" | "prompt" | "judge"): string | null => {
    try {
      return readText(options[flag]).replace(/^\uFEFF/, "");
    } catch (error) {
      problems.push(
        `--${flag} ${options[flag]} cannot be read: ${reasonOf(error)}. Check the name and the folder.`,
      );
      return null;
    }
  };
  const [lines, prompt, instructions] = [
    textOf("records"),
    textOf("prompt")?.trim() ?? null,
    textOf("judge")?.trim() ?? null,
  ];
  if (prompt === "") problems.push(`${options.prompt} is empty. Write the starting prompt into it.`);
  const scale = scaleOf(options.scale, problems);
  if (instructions !== null) problems.push(...judgeProblems(options.judge, instructions));
  const records = lines === null ? [] : await recordsOf(options.records, lines, prompt ?? "", problems);
  if (problems.length > 0 || prompt === null || instructions === null || scale === null)
    throw new BadInput(problems);
  return { records, prompt, instructions, scale };
}

function scaleOf(text: string, problems: string[]): Scale | null {
  const parsed = parseScale(text);
  if (!parsed.ok) {
    problems.push(`--scale: ${parsed.problem}`);
    return null;
  }
  if (isOrdered(parsed.scale)) return parsed.scale;
  problems.push(
    `--scale ${text} has no order, so no grade is better than another. Write the values from worst to best, as in --scale "poor < fair < good".`,
  );
  return null;
}

function judgeProblems(file: string, instructions: string): string[] {
  return validateInstructions(instructions).map(
    ({ line, column, message }) => `${file}, line ${line}, column ${column}: ${message}`,
  );
}

async function recordsOf(
  file: string,
  text: string,
  prompt: string,
  problems: string[],
): Promise<HeadlessRecord[]> {
  try {
    const isTable = /\.(csv|tsv)$/i.test(file);
    const { candidates, bad, needsColumns } = await readImport(text, isTable ? "csv" : "jsonl");
    if (needsColumns) {
      problems.push(
        `${file} names no part "inputs" and no column "question". Name one of its columns question.`,
      );
      return [];
    }
    const records = candidates.map(toRecord);
    const variables = variablesOf([prompt]);
    const unusable = records.flatMap((record) => {
      const problem = problemOf(record, variables);
      return problem === null ? [] : [{ line: record.line, problem }];
    });
    const all = [...bad, ...unusable].sort((a, b) => a.line - b.line);
    problems.push(...all.map(({ line, problem }) => `${file}, line ${line}: ${problem}`));
    if (records.length + bad.length === 0)
      problems.push(`${file} holds no record. Write one JSON object a line: ${EXAMPLE}`);
    return records;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push(`${file}: ${error.message}`);
    return [];
  }
}

const EXAMPLE =
  '{"inputs": {"messages": [{"role": "user", "content": "…"}]}, "expectations": {"expected_response": "…"}}';

function toRecord({ line, inputs, expectations, tags, critical }: ImportCandidate): HeadlessRecord {
  const whole = { v: 1 as const, expected_response: "", facts: [], mustNever: [], ...expectations };
  return { line, inputs, expectations: whole, tags: tags ?? [], critical: critical ?? false };
}

function problemOf(record: HeadlessRecord, variables: readonly string[]): string | null {
  if (!isUsable(record))
    return 'It does not say what a good answer does. Fill in "expectations.expected_response", "facts" or "mustNever".';
  const missing = variables.find((name) => (record.inputs.fields[name] ?? "").trim() === "");
  return missing === undefined
    ? null
    : `The field "${missing}" that the prompt uses is missing. Add it to "inputs.fields", or take {{ ${missing} }} out of the prompt.`;
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return error instanceof Error ? error.message : String(error);
}
