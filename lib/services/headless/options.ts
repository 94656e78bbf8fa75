import { parseArgs } from "node:util";
import { BadInput } from "./bad-input";

/** What the command was asked to do, checked. Paths are as they were typed. */
export interface HeadlessOptions {
  records: string;
  prompt: string;
  judge: string;
  scale: string;
  /** Null: the simulated models. */
  endpoint: { baseUrl: string; taskModel: string; judgeModel: string; reflectionModel: string } | null;
  maxMetricCalls: number;
  seed: number;
  concurrency: number;
  lanes: number;
  /** Share of the records that the search never sees; 0 = none. */
  holdout: number;
  /** Undefined: as a run from the app splits. */
  split: "shared" | "halves" | undefined;
  strategy: "frugal" | "reference";
  json: boolean;
  /** Undefined: a database in memory that is gone afterwards. */
  db: string | undefined;
  /** Said on stderr before the start: what was given and is not used. */
  notes: string[];
}

const FLAGS = {
  records: { type: "string" },
  prompt: { type: "string" },
  judge: { type: "string" },
  scale: { type: "string" },
  "base-url": { type: "string" },
  "task-model": { type: "string" },
  "judge-model": { type: "string" },
  "reflection-model": { type: "string" },
  "max-metric-calls": { type: "string" },
  seed: { type: "string" },
  concurrency: { type: "string" },
  lanes: { type: "string" },
  holdout: { type: "string" },
  split: { type: "string" },
  strategy: { type: "string" },
  db: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
type Flag = keyof typeof FLAGS;
type Values = Partial<Record<Flag, string>>;

const REQUIRED: Partial<Record<Flag, string>> = {
  records: "Name the file of records, for example --records data.jsonl.",
  prompt: "Name the file of the starting prompt, for example --prompt prompt.md.",
  judge: "Name the file of the judge's instructions, for example --judge judge.md.",
  scale: "Say what the judge grades by, for example --scale 1-5 or --scale pass/fail.",
};
const MODELS = ["task-model", "judge-model", "reflection-model"] as const;

/** Options of the command line; `"help"` when that was asked for. Throws `BadInput` with every problem at once. */
export function readOptions(args: readonly string[]): HeadlessOptions | "help" {
  const problems: string[] = [];
  const given = valuesOf(args, problems);
  if (given.help !== undefined) return "help";
  for (const [flag, hint] of Object.entries(REQUIRED)) {
    if (given[flag as Flag] === undefined) problems.push(`--${flag} is missing. ${hint}`);
  }
  const number = numberReader(given, problems);
  const options: HeadlessOptions = {
    records: given.records ?? "",
    prompt: given.prompt ?? "",
    judge: given.judge ?? "",
    scale: given.scale ?? "",
    endpoint: endpointOf(given, problems),
    maxMetricCalls: number("max-metric-calls", { standard: 75, min: 1, max: 100_000, isWhole: true }),
    seed: number("seed", { standard: 1, min: -1e9, max: 1e9, isWhole: true }),
    concurrency: number("concurrency", { standard: 16, min: 1, max: 64, isWhole: true }),
    lanes: number("lanes", { standard: 1, min: 1, max: 16, isWhole: true }),
    holdout: number("holdout", { standard: 0.3, min: 0, max: 0.9, isWhole: false }),
    split: choiceOf(given, "split", ["shared", "halves"], problems),
    strategy: choiceOf(given, "strategy", ["frugal", "reference"], problems) ?? "frugal",
    json: given.json !== undefined,
    db: given.db,
    notes: notesOf(given),
  };
  if (problems.length > 0) throw new BadInput(problems);
  return options;
}

function valuesOf(args: readonly string[], problems: string[]): Values {
  const { tokens } = parseArgs({
    args: [...args],
    options: FLAGS,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values: Values = {};
  for (const token of tokens) {
    if (token.kind === "positional")
      problems.push(
        `"${token.value}" stands alone. Each value follows its option, as in --records data.jsonl.`,
      );
    if (token.kind !== "option") continue;
    const { name, value } = token;
    if (!isFlag(name)) problems.push(`${token.rawName} is no option here. --help lists them all.`);
    else if (values[name] !== undefined) problems.push(`--${name} was given twice. Keep one.`);
    else if (FLAGS[name].type === "boolean") values[name] = "";
    else if (value === undefined || value === "" || /^--?[a-z]/.test(value))
      problems.push(`--${name} needs a value after it.`);
    else values[name] = value;
  }
  return values;
}

function isFlag(name: string): name is Flag {
  return Object.hasOwn(FLAGS, name);
}

function endpointOf(given: Values, problems: string[]): HeadlessOptions["endpoint"] {
  const baseUrl = given["base-url"];
  if (baseUrl === undefined) return null;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    problems.push(
      `--base-url ${baseUrl} is no address. Write for example https://api.openai.com/v1 or http://127.0.0.1:8000/v1.`,
    );
  }
  for (const name of MODELS) {
    if (given[name] === undefined)
      problems.push(
        `--${name} is missing. With --base-url, name the model of each role as the endpoint calls it.`,
      );
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    taskModel: given["task-model"] ?? "",
    judgeModel: given["judge-model"] ?? "",
    reflectionModel: given["reflection-model"] ?? "",
  };
}

function notesOf(given: Values): string[] {
  const unused = MODELS.filter((name) => given[name] !== undefined);
  if (given["base-url"] !== undefined || unused.length === 0) return [];
  return [`${unused.map((name) => `--${name}`).join(", ")} not used: no --base-url was given.`];
}

interface NumberRule {
  standard: number;
  min: number;
  max: number;
  isWhole: boolean;
}

function numberReader(given: Values, problems: string[]): (name: Flag, rule: NumberRule) => number {
  return (name, { standard, min, max, isWhole }) => {
    const text = given[name];
    if (text === undefined) return standard;
    const value = Number(text);
    if (text.trim() !== "" && value >= min && value <= max && (!isWhole || Number.isInteger(value)))
      return value;
    const kind = isWhole ? "a whole number" : "a number";
    problems.push(
      `--${name} ${text} cannot be used. Give ${kind} from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}.`,
    );
    return standard;
  };
}

function choiceOf<Choice extends string>(
  given: Values,
  name: Flag,
  choices: readonly Choice[],
  problems: string[],
): Choice | undefined {
  const text = given[name];
  const choice = choices.find((one) => one === text);
  if (text !== undefined && choice === undefined)
    problems.push(`--${name} ${text} cannot be used. Give ${choices.join(" or ")}.`);
  return choice;
}
