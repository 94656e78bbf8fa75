import type { JudgeCase, TeachingLabel } from "./types";

/** What goes into the agent, as a record holds it. */
export interface RenderableInputs {
  messages: readonly { role: string; content: string }[];
  fields?: Readonly<Record<string, string>>;
}

/** What a good answer does, as a record holds it. */
export interface RenderableExpectations {
  expected_response?: string;
  facts?: readonly string[];
  mustNever?: readonly string[];
}

/** One thing the agent did on the way. */
export interface RenderableStep {
  tool: string;
  arguments: string;
  result: string;
  /** Milliseconds, when the agent says. */
  ms: number | null;
}

/**
 * Inputs as text: one question stands alone; a longer conversation has a line with the role before each turn, whose
 * text is set in, so that a turn cannot pose as another one (SPEC RE1). Named fields follow.
 */
export function renderInputs(inputs: RenderableInputs): string {
  const fields = Object.entries(inputs.fields ?? {}).map(
    ([name, text]) => `${oneLine(name)}: ${oneLine(text)}`,
  );
  const [first] = inputs.messages;
  const isOneQuestion = inputs.messages.length === 1 && first?.role === "user";
  const turns = isOneQuestion
    ? [first.content]
    : inputs.messages.map((message) => `${oneLine(message.role)}:\n${setIn(message.content)}`);
  if (fields.length === 0) return turns.join("\n\n");
  return [...turns, `Fields:\n${fields.map((field) => `- ${field}`).join("\n")}`].join("\n\n");
}

/** Expectations as text, a heading a part; empty when nothing is expected (SPEC RE2). */
export function renderExpectations(expectations: RenderableExpectations): string {
  const parts: string[] = [];
  const response = expectations.expected_response?.trim() ?? "";
  if (response !== "") parts.push(`A good answer:\n${response}`);
  const facts = listOf(expectations.facts);
  if (facts !== "") parts.push(`Must mention:\n${facts}`);
  const mustNever = listOf(expectations.mustNever);
  if (mustNever !== "") parts.push(`Must never:\n${mustNever}`);
  return parts.join("\n\n");
}

/** Steps as text, numbered; null when the agent did not say what it did. No step at all is said in words (SPEC RE3). */
export function renderSteps(steps: readonly RenderableStep[] | null): string | null {
  if (steps === null) return null;
  if (steps.length === 0) return "(no tool was called)";
  return steps
    .map((step, index) => {
      const time = step.ms === null ? "" : ` (${Math.round(step.ms)} ms)`;
      return `${index + 1}. ${oneLine(step.tool)}${time}\n${setIn(`arguments: ${step.arguments}\nresult: ${step.result}`)}`;
    })
    .join("\n");
}

/** The tools named in steps that `renderSteps` wrote, in order. What a tool answered is set in, so it cannot add one. */
export function toolsInSteps(steps: string): string[] {
  return Array.from(steps.matchAll(/^\d+\. (.*?)(?: \(-?\d+ ms\))?$/gm), (match) => match[1] ?? "");
}

/** A tool's name as `renderSteps` writes it. */
export function toolName(name: string): string {
  return oneLine(name);
}

/** The case behind a label. */
export function caseOfLabel(label: TeachingLabel): JudgeCase {
  const { traceId, recordId, inputs, outputs, expectations } = label;
  return { traceId, recordId, inputs, outputs, expectations, steps: label.steps ?? null };
}

function listOf(items: readonly string[] | undefined): string {
  return (items ?? [])
    .map(oneLine)
    .filter((item) => item !== "")
    .map((item) => `- ${item}`)
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

function setIn(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => `  ${line}`)
    .join("\n");
}
