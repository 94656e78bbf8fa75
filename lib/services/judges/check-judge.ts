import "server-only";
import { AppError, type FieldProblem } from "@/lib/contracts/errors";
import type { CreateJudgeInput } from "@/lib/contracts/judges";
import { anchorProblems, scaleProblems, validateInstructions } from "@/lib/judge";

/**
 * Refuses what no judge could grade by: `invalid-input` with each problem at its field. Problems of the instructions
 * say line and column, and `extra.instructions` has the offsets for the editor.
 */
export function checkJudge(
  input: Pick<CreateJudgeInput, "scale" | "anchors" | "goodEnough" | "instructions">,
): void {
  const { scale, anchors, goodEnough } = input;
  const inScale = scaleProblems(scale);
  const inInstructions = validateInstructions(input.instructions);
  const errors: FieldProblem[] = [
    ...inScale.map((message) => ({ path: "scale", message })),
    ...(inScale.length > 0 ? [] : anchorProblems(scale, anchors, goodEnough)).map((message) => ({
      path: "anchors",
      message,
    })),
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
