import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import { canonicalValue, formatScale, isOnScale, type ScaleValue } from "@/lib/judge";
import { isWorstGrade } from "./judge-in-use";

/** Asked when the lowest grade or a flag has no reason (ux.md, moment 4). */
export const REASON_NEEDED =
  "Say in a few words what is wrong. The words become a guideline; a grade alone cannot.";

/** The grade as the scale writes it. Throws `invalid-input` off the scale, and where a reason is missing. */
export function checkedValue(
  judge: Judge,
  label: { value: unknown; reason: string; flagged: boolean },
): ScaleValue {
  const { scale } = judge;
  if (!isOnScale(scale, label.value)) {
    const message = `"${String(label.value)}" is no grade of this judge: its grades are ${formatScale(scale)}.`;
    throw new AppError("invalid-input", `${message} Nothing was saved.`, {
      errors: [{ path: "value", message }],
    });
  }
  const value = canonicalValue(scale, label.value);
  const needsReason = label.flagged || isWorstGrade(scale, value);
  if (needsReason && label.reason.trim() === "") {
    throw new AppError("invalid-input", REASON_NEEDED, {
      errors: [{ path: "reason", message: REASON_NEEDED }],
    });
  }
  return value;
}
