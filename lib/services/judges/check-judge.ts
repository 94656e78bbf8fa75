import "server-only";
import { AppError, type FieldProblem } from "@/lib/contracts/errors";
import type { CreateJudgeInput } from "@/lib/contracts/judges";
import {
  anchorProblems,
  type RuleSpec,
  ruleProblems,
  scaleProblems,
  validateInstructions,
} from "@/lib/judge";

/**
 * Refuses what no judge could grade by: `invalid-input` with each problem at its field. Problems of the instructions
 * say line and column, and `extra.instructions` has the offsets for the editor.
 */
export function checkJudge(
  input: Pick<CreateJudgeInput, "scale" | "anchors" | "goodEnough" | "instructions" | "rule">,
): void {
  const { scale, anchors, goodEnough, rule } = input;
  const inScale = scaleProblems(scale);
  const inInstructions = rule ? [] : validateInstructions(input.instructions);
  const errors: FieldProblem[] = [
    ...inScale.map((message) => ({ path: "scale", message })),
    ...(inScale.length > 0 ? [] : anchorProblems(scale, anchors, goodEnough)).map((message) => ({
      path: "anchors",
      message,
    })),
    ...(rule ? ruleErrors(scale, rule) : []),
    ...inInstructions.map(({ message, line, column }) => ({
      path: "instructions",
      message: `Line ${line}, column ${column}: ${message}`,
    })),
  ];
  if (errors.length === 0) return;
  throw new AppError("invalid-input", `The judge was not saved: ${errors[0]?.message}`, {
    errors,
    extra: { instructions: inInstructions },
  });
}

function ruleErrors(scale: CreateJudgeInput["scale"], rule: RuleSpec): FieldProblem[] {
  const messages = [
    ...(scale.kind === "boolean" ? [] : ["A rule says pass or fail; give it a scale of two."]),
    ...ruleProblems(rule),
  ];
  return messages.map((message) => ({ path: "rule", message }));
}
