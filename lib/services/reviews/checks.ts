import "server-only";
import type { ReviewView } from "@/lib/contracts/reviews";
import { sentencesOf } from "@/lib/gepa";
import { stableStringify } from "@/lib/util/hash";
import { variablesIn } from "../prompts/variables-in";
import { findCopiedText } from "./copied-text";
import { formatMarks } from "./format-marks";
import { findOpposed } from "./opposed-guidelines";

export type Check = ReviewView["checks"][number];

export interface ChecksInput {
  /** What is in production; null when nothing is. */
  before: string | null;
  after: string;
  /** Texts of practice records, which a prompt must not learn by heart. */
  trainingTexts: readonly string[];
  modelConfigBefore: object | null;
  modelConfigAfter: object;
  /** Pairs of guidelines that contradict each other and that both gave reasons for this change. */
  conflictingSources: readonly (readonly [string, string])[];
  /** Guidelines by which the judges in use grade. */
  guidelines: readonly string[];
}

/** Growth beyond which a longer prompt is pointed out. */
const LONGER_BY = 0.25;

/** What can be checked without a model. A check says what it looked at; what is not checked is said too. */
export function automaticChecks(input: ChecksInput): Check[] {
  return [
    checkVariables(input),
    checkCopies(input),
    checkFormat(input),
    checkLength(input),
    checkGuidelines(input),
    checkModelConfig(input),
  ];
}

function checkVariables({ before, after }: ChecksInput): Check {
  const [old, fresh] = [variablesIn(before ?? ""), variablesIn(after)];
  const named = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(", ");
  const lost = old.filter((name) => !fresh.includes(name));
  if (lost.length > 0)
    return {
      code: "variables",
      status: "blocks",
      sentence: `Lost ${named(lost)}, which the text in production fills in.`,
    };
  const added = before === null ? [] : fresh.filter((name) => !old.includes(name));
  if (added.length > 0)
    return {
      code: "variables",
      status: "warns",
      sentence: `${named(added)} is new: whoever asks must fill it in.`,
    };
  return {
    code: "variables",
    status: "ok",
    sentence: fresh.length === 0 ? "No variables to keep" : "Variables kept",
  };
}

function checkCopies({ before, after, trainingTexts }: ChecksInput): Check {
  const copies = findCopiedText(after, before ?? "", trainingTexts);
  const [first] = copies;
  if (first === undefined) return { code: "copied", status: "ok", sentence: "Nothing copied from records" };
  const more = copies.length === 1 ? "" : `, and ${copies.length - 1} more`;
  return {
    code: "copied",
    status: "warns",
    sentence: `Stands word for word in a practice record: “${first}”${more}. It may know these answers by heart.`,
  };
}

function checkFormat({ before, after }: ChecksInput): Check {
  const [old, fresh] = [formatMarks(before ?? ""), formatMarks(after)];
  const lost = [...old].filter((mark) => !fresh.has(mark));
  const added = before === null ? [] : [...fresh].filter((mark) => !old.has(mark));
  const parts = [
    ...(lost.length > 0 ? [`no longer asks for ${lost.join(", ")}`] : []),
    ...(added.length > 0 ? [`now asks for ${added.join(", ")}`] : []),
  ];
  if (parts.length === 0) return { code: "format", status: "ok", sentence: "Format as before" };
  return {
    code: "format",
    status: "warns",
    sentence: `The format of answers may change: it ${parts.join(" and ")}.`,
  };
}

function checkLength({ before, after }: ChecksInput): Check {
  const [old, fresh] = [wordCount(before ?? ""), wordCount(after)];
  if (before === null || old === 0) return { code: "length", status: "ok", sentence: `${fresh} words` };
  const growth = (fresh - old) / old;
  const percent = Math.round(Math.abs(growth) * 100);
  if (percent === 0)
    return { code: "length", status: "ok", sentence: `About as long as before: ${fresh} words, ${old}` };
  const sentence = `${percent} % ${growth > 0 ? "longer" : "shorter"}: ${fresh} words, was ${old}`;
  return { code: "length", status: growth > LONGER_BY ? "warns" : "ok", sentence };
}

/** Found by teaching between two guidelines, or by words between a new sentence and a guideline. */
function checkGuidelines({ before, after, conflictingSources, guidelines }: ChecksInput): Check {
  const [first] = conflictingSources;
  if (first !== undefined) {
    return {
      code: "guidelines",
      status: "warns",
      sentence: `It follows two guidelines that contradict each other: “${first[0]}” and “${first[1]}”.`,
    };
  }
  const known = new Set(sentencesOf(before ?? ""));
  const fresh = sentencesOf(after).filter((sentence) => !known.has(sentence));
  const [opposed, ...others] = findOpposed(fresh, guidelines);
  if (opposed !== undefined) {
    const more = others.length === 0 ? "" : ` ${others.length} more like it.`;
    return {
      code: "guidelines",
      status: "warns",
      sentence: `“${opposed.sentence}” seems to say the opposite of the guideline “${opposed.guideline}”: look at it.${more}`,
    };
  }
  return {
    code: "guidelines",
    status: "ok",
    sentence:
      guidelines.length === 0
        ? "The judge has no guidelines that it could contradict"
        : "No new sentence says the opposite of a guideline, as far as English words tell",
  };
}

function checkModelConfig({ modelConfigBefore, modelConfigAfter }: ChecksInput): Check {
  if (
    modelConfigBefore === null ||
    stableStringify(modelConfigBefore) === stableStringify(modelConfigAfter)
  ) {
    return { code: "model-config", status: "ok", sentence: "Model settings as before" };
  }
  return { code: "model-config", status: "warns", sentence: "The model settings change with it." };
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
