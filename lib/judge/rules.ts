import { assertNever } from "@/lib/util/assert-never";
import { schemaProblems, validateJson } from "./json-schema";
import { toolName, toolsInSteps } from "./render";
import type { JudgeCase, RuleSpec, Verdict } from "./types";

const MAX_PATTERN_CHARS = 1_000;
/** A pattern is tried on so many characters of an answer; a longer answer fails to be judged. */
const MAX_PATTERN_INPUT = 100_000;

/** What is wrong with a rule, in words; empty when it can be saved (SPEC RJ1). */
export function ruleProblems(rule: RuleSpec): string[] {
  switch (rule.kind) {
    case "contains":
    case "never-contains":
      return rule.text.trim() === "" ? ["Say which text to look for."] : [];
    case "pattern":
      return patternProblems(rule.pattern);
    case "length":
      return lengthProblems(rule.minWords, rule.maxWords);
    case "json-schema":
      return schemaProblems(rule.schema);
    case "tool-called":
      return rule.tool.trim() === "" ? ["Say which tool."] : [];
    default:
      return assertNever(rule);
  }
}

/** The verdict of a rule: free, the same every time, and failed where the case does not hold what the rule asks about (SPEC RJ2). */
export function applyRule(rule: RuleSpec, one: JudgeCase): Verdict {
  const [problem] = ruleProblems(rule);
  if (problem !== undefined)
    return { status: "failed", cause: `The rule cannot be used: ${problem}`, rawReply: null };
  switch (rule.kind) {
    case "contains":
    case "never-contains":
      return containsVerdict(rule, one.outputs);
    case "pattern":
      return patternVerdict(rule.pattern, one.outputs);
    case "length":
      return lengthVerdict(rule.minWords, rule.maxWords, one.outputs);
    case "json-schema":
      return schemaVerdict(rule.schema, one.outputs);
    case "tool-called":
      return toolVerdict(rule.tool, rule.expected, one.steps);
    default:
      return assertNever(rule);
  }
}

function verdict(value: boolean, rationale: string): Verdict {
  return { status: "graded", value, rationale, normalised: value ? 1 : 0 };
}

function containsVerdict(
  rule: Extract<RuleSpec, { kind: "contains" | "never-contains" }>,
  outputs: string,
): Verdict {
  const fold = (text: string): string => (rule.caseSensitive ? text : text.toLowerCase()).normalize("NFC");
  const isThere = fold(outputs).includes(fold(rule.text));
  const value = rule.kind === "contains" ? isThere : !isThere;
  return verdict(
    value,
    `The answer ${isThere ? "contains" : "does not contain"} "${rule.text}"${value ? "" : rule.kind === "contains" ? ", which it must" : ", which it must never"}.`,
  );
}

function patternVerdict(pattern: string, outputs: string): Verdict {
  if (outputs.length > MAX_PATTERN_INPUT) {
    return {
      status: "failed",
      cause: `The answer has ${outputs.length} characters; patterns are tried on at most ${MAX_PATTERN_INPUT}.`,
      rawReply: null,
    };
  }
  const isMatch = new RegExp(pattern, "u").test(outputs);
  return verdict(isMatch, `The answer ${isMatch ? "matches" : "does not match"} the pattern ${pattern}.`);
}

function lengthVerdict(minWords: number | null, maxWords: number | null, outputs: string): Verdict {
  const words = outputs.split(/\s+/u).filter((word) => word !== "").length;
  if (minWords !== null && words < minWords)
    return verdict(false, `The answer has ${words} words; it must have at least ${minWords}.`);
  if (maxWords !== null && words > maxWords)
    return verdict(false, `The answer has ${words} words; it may have at most ${maxWords}.`);
  return verdict(true, `The answer has ${words} words.`);
}

function schemaVerdict(schema: unknown, outputs: string): Verdict {
  let value: unknown;
  try {
    value = JSON.parse(outputs);
  } catch {
    return verdict(false, "The answer is not JSON."); // that is what the rule asks, so it is a verdict and no failure
  }
  const problems = validateJson(schema, value);
  return verdict(
    problems.length === 0,
    problems.length === 0 ? "The answer fits the schema." : problems.slice(0, 5).join(" "),
  );
}

function toolVerdict(tool: string, isExpected: boolean, steps: string | null): Verdict {
  if (steps === null)
    return { status: "failed", cause: "The agent does not say which tools it called.", rawReply: null };
  const wasCalled = toolsInSteps(steps).includes(toolName(tool));
  return verdict(
    wasCalled === isExpected,
    `The tool ${tool} was ${wasCalled ? "called" : "not called"}${wasCalled === isExpected ? "" : isExpected ? "; it must be" : "; it must not be"}.`,
  );
}

function lengthProblems(minWords: number | null, maxWords: number | null): string[] {
  const given = [minWords, maxWords].filter((words) => words !== null);
  if (given.length === 0) return ["Say how many words at least or at most."];
  if (given.some((words) => !Number.isInteger(words) || words < 0))
    return ["Numbers of words are whole numbers."];
  return minWords !== null && maxWords !== null && minWords > maxWords ? ["At least is above at most."] : [];
}

/** Patterns whose time could explode are refused: a repeated group that itself repeats or has alternatives (SPEC RJ3). */
function patternProblems(pattern: string): string[] {
  if (pattern === "") return ["The pattern is empty."];
  if (pattern.length > MAX_PATTERN_CHARS)
    return [`The pattern is longer than ${MAX_PATTERN_CHARS} characters.`];
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    return [`The pattern cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  return hasNestedRepeat(pattern)
    ? [
        "The pattern repeats a group that repeats or branches inside; that can take for ever. Write it without the inner one.",
      ]
    : [];
}

function hasNestedRepeat(pattern: string): boolean {
  const bare = pattern.replace(/\\./gsu, "x").replace(/\[[^\]]*\]/gu, "x");
  const inner: boolean[] = [];
  for (let index = 0; index < bare.length; index++) {
    const character = bare[index];
    const isRepeat = /^(?:[*+]|\{\d+,\d*\})/u.test(bare.slice(index));
    if (character === "(") inner.push(false);
    else if (character === ")") {
      const isRisky = inner.pop() ?? false;
      const isRepeated = /^(?:[*+]|\{\d+,\d*\})/u.test(bare.slice(index + 1));
      if (isRisky && isRepeated) return true;
      if (inner.length > 0 && (isRisky || isRepeated)) inner[inner.length - 1] = true;
    } else if ((isRepeat || character === "|") && inner.length > 0) inner[inner.length - 1] = true;
  }
  return false;
}
