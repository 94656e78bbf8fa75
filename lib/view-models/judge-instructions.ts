/** Instructions cut for highlighting; joined, the texts are the instructions again. */
export interface InstructionsPart {
  kind: "text" | "variable";
  text: string;
  start: number;
}

const VARIABLE = /\{\{[^{}]*\}\}/g;

/** Text and variables in order. Whether a variable exists is checked when the judge is saved. */
export function instructionsParts(instructions: string): InstructionsPart[] {
  const parts: InstructionsPart[] = [];
  let from = 0;
  for (const match of instructions.matchAll(VARIABLE)) {
    if (match.index > from)
      parts.push({ kind: "text", text: instructions.slice(from, match.index), start: from });
    parts.push({ kind: "variable", text: match[0], start: match.index });
    from = match.index + match[0].length;
  }
  if (from < instructions.length) parts.push({ kind: "text", text: instructions.slice(from), start: from });
  return parts;
}

/** What a variable stands for, in the words of the screen. */
export const VARIABLE_WORDS: Readonly<Record<string, string>> = {
  inputs: "the question",
  outputs: "the answer",
  expectations: "what a good answer does",
};
