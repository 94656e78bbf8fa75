/** The variables of a judge's instructions. */
export const TEMPLATE_VARIABLES = ["inputs", "outputs", "expectations"] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** What is wrong with instructions, and where. Lines and columns count from 1, offsets from 0. */
export interface InstructionsProblem {
  code: "empty" | "unknown-variable" | "unclosed-variable" | "no-variable";
  message: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

/** Instructions cut into text and variables, for highlighting. */
export interface InstructionsPart {
  kind: "text" | "variable" | "unknown";
  text: string;
  start: number;
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** The variables that the instructions mention, each once, in order of first mention. */
export function variablesIn(instructions: string): TemplateVariable[] {
  const names = Array.from(instructions.matchAll(PLACEHOLDER), (match) => (match[1] ?? "").trim());
  return [...new Set(names.filter(isVariable))];
}

/** Everything that must be put right before instructions can be saved; empty when they can (SPEC TM1 to TM3). */
export function validateInstructions(instructions: string): InstructionsProblem[] {
  if (instructions.trim() === "")
    return [problemAt(instructions, "empty", "The instructions are empty.", 0, 0)];
  const problems: InstructionsProblem[] = [];
  for (const match of instructions.matchAll(PLACEHOLDER)) {
    const name = (match[1] ?? "").trim();
    if (isVariable(name)) continue;
    const message = `{{ ${name} }} is not a variable here. ${suggestion(name)}`;
    problems.push(
      problemAt(instructions, "unknown-variable", message, match.index, match.index + match[0].length),
    );
  }
  problems.push(...unclosedIn(instructions));
  if (problems.length === 0 && variablesIn(instructions).length === 0) {
    const message = `The instructions mention none of ${listed()}; the judge would see nothing of the answer.`;
    problems.push(problemAt(instructions, "no-variable", message, 0, instructions.length));
  }
  return problems.sort((a, b) => a.start - b.start);
}

/** Instructions as parts in order; joined, their texts are the instructions again. */
export function partsOf(instructions: string): InstructionsPart[] {
  const parts: InstructionsPart[] = [];
  let from = 0;
  for (const match of instructions.matchAll(PLACEHOLDER)) {
    if (match.index > from)
      parts.push({ kind: "text", text: instructions.slice(from, match.index), start: from });
    const kind = isVariable((match[1] ?? "").trim()) ? "variable" : "unknown";
    parts.push({ kind, text: match[0], start: match.index });
    from = match.index + match[0].length;
  }
  if (from < instructions.length) parts.push({ kind: "text", text: instructions.slice(from), start: from });
  return parts;
}

function isVariable(name: string): name is TemplateVariable {
  return (TEMPLATE_VARIABLES as readonly string[]).includes(name);
}

/** Opening marks that nothing closes: what is left of them once the whole placeholders are blanked out. */
function unclosedIn(instructions: string): InstructionsProblem[] {
  const rest = instructions.replace(PLACEHOLDER, (whole) => " ".repeat(whole.length));
  return Array.from(rest.matchAll(/\{\{|\}\}/g), (match) => {
    const message = match[0] === "{{" ? "This {{ has no }} after it." : "This }} has no {{ before it.";
    return problemAt(instructions, "unclosed-variable", message, match.index, match.index + 2);
  });
}

function suggestion(name: string): string {
  const folded = name.toLowerCase().replace(/[^a-z]/g, "");
  const aliases: Record<TemplateVariable, readonly string[]> = {
    inputs: ["input", "inputs", "question", "request", "prompt", "conversation", "messages"],
    outputs: ["output", "outputs", "answer", "response", "reply", "completion"],
    expectations: [
      "expectation",
      "expectations",
      "expected",
      "expectedresponse",
      "reference",
      "groundtruth",
      "facts",
    ],
  };
  const meant = TEMPLATE_VARIABLES.find((variable) => aliases[variable].includes(folded));
  return meant ? `Do you mean {{ ${meant} }}?` : `Use ${listed()}.`;
}

function listed(): string {
  return TEMPLATE_VARIABLES.map((name) => `{{ ${name} }}`).join(", ");
}

function problemAt(
  text: string,
  code: InstructionsProblem["code"],
  message: string,
  start: number,
  end: number,
): InstructionsProblem {
  const before = text.slice(0, start);
  return {
    code,
    message,
    start,
    end,
    line: before.split("\n").length,
    column: start - before.lastIndexOf("\n"),
  };
}
