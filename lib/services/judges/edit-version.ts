import "server-only";
import type { Judge, JudgeVersion, NewJudgeVersion } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import { editGuideline, MAX_ACTIVE_GUIDELINES } from "@/lib/judge";
import { stableStringify } from "@/lib/util/hash";
import { checkJudge } from "./check-judge";

type Edited = Pick<NewJudgeVersion, "instructions" | "anchors" | "goodEnough" | "guidelines" | "rule">;

/** What a hand edit makes of a version. Throws `invalid-input` when nothing would change, or it could not be used. */
export function editVersion(judge: Judge, base: JudgeVersion, input: EditJudgeInput): Edited {
  const edited: Edited = {
    instructions: input.instructions ?? base.instructions,
    anchors: input.anchors ?? base.anchors,
    goodEnough: input.goodEnough === undefined ? base.goodEnough : input.goodEnough,
    guidelines: input.guidelines ? editGuidelines(base.guidelines, input.guidelines) : base.guidelines,
    rule: editRule(judge, base, input),
  };
  checkJudge({ scale: judge.scale, ...edited, rule: edited.rule ?? undefined });
  if (isSame(edited, base)) {
    throw new AppError("invalid-input", "Nothing was changed, so there is no new version.");
  }
  return edited;
}

/** A rule stays a rule, and a model judge never becomes one: the kind is fixed for life. */
function editRule(
  judge: Judge,
  base: JudgeVersion,
  { rule, instructions, guidelines }: EditJudgeInput,
): Edited["rule"] {
  if (judge.kind === "rule" && (instructions !== undefined || guidelines !== undefined)) {
    throw new AppError(
      "invalid-input",
      "A rule is checked by code and has no instructions. Nothing was saved.",
    );
  }
  if (judge.kind === "model" && rule !== undefined)
    throw new AppError(
      "invalid-input",
      "This judge is a model; write a rule as a judge of its own. Nothing was saved.",
    );
  return rule ?? base.rule;
}

function editGuidelines(
  guidelines: Edited["guidelines"],
  changes: NonNullable<EditJudgeInput["guidelines"]>,
): Edited["guidelines"] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const unknown = changes.find(({ id }) => !guidelines.some((guideline) => guideline.id === id));
  if (unknown) {
    throw new AppError(
      "invalid-input",
      "A guideline that you changed is not in this version any more. Nothing was saved; load the page again.",
      {
        errors: [{ path: "guidelines", message: `There is no guideline "${unknown.id}".` }],
      },
    );
  }
  const edited = guidelines.map((guideline) => {
    const change = byId.get(guideline.id);
    if (!change) return guideline;
    const { active } = change;
    if (change.text.trim() === guideline.text) return { ...guideline, active };
    const reworded = editGuideline(guideline, change.text);
    // What it contradicts was found for the old words.
    return { ...guideline, text: reworded.text, editedByPerson: true, active };
  });
  if (edited.filter(({ active }) => active).length > MAX_ACTIVE_GUIDELINES) {
    throw new AppError(
      "invalid-input",
      `A judge applies at most ${MAX_ACTIVE_GUIDELINES} guidelines at once. Switch one off first; nothing was saved.`,
    );
  }
  return edited;
}

function isSame(edited: Edited, base: JudgeVersion): boolean {
  const { instructions, anchors, goodEnough, guidelines, rule } = base;
  return stableStringify(edited) === stableStringify({ instructions, anchors, goodEnough, guidelines, rule });
}
