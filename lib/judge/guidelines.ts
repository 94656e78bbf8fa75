import { fingerprint } from "./fingerprint";
import type { Guideline } from "./types";

/** Guidelines that a judge applies at once; more would drown each other and every prompt. */
export const MAX_ACTIVE_GUIDELINES = 20;

/** A new guideline. Its id comes from judge and text, so the same lesson learned again is the same guideline. */
export function newGuideline(judgeId: string, text: string, sourceLabelIds: readonly string[]): Guideline {
  const id = `gl_${fingerprint(judgeId, foldedText(text))}`;
  return {
    id,
    text,
    sourceLabelIds: uniqueIds(sourceLabelIds),
    active: true,
    conflictsWith: [],
    editedByPerson: false,
  };
}

/** Text as it is compared: case, white space and end marks do not matter. */
export function foldedText(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .replace(/[.!\s]+$/u, "")
    .trim();
}

export function uniqueIds(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/** Guidelines by how many labels stand behind them, most first; ties keep their order (SPEC GL4). */
export function rankBySupport(guidelines: readonly Guideline[]): Guideline[] {
  return guidelines.toSorted((a, b) => b.sourceLabelIds.length - a.sourceLabelIds.length);
}

/**
 * Switches off what is beyond the twenty with most support (SPEC GL5). What a person worded keeps its place before
 * what a model did. Order is kept.
 */
export function capActive(guidelines: readonly Guideline[]): {
  guidelines: Guideline[];
  switchedOff: Guideline[];
} {
  const seats = guidelines
    .filter((guideline) => guideline.active)
    .toSorted((a, b) => Number(b.editedByPerson) - Number(a.editedByPerson))
    .slice(0, MAX_ACTIVE_GUIDELINES);
  const hasSeat = new Set(seats.map((guideline) => guideline.id));
  const switchedOff = guidelines.filter((guideline) => guideline.active && !hasSeat.has(guideline.id));
  return {
    guidelines: guidelines.map((guideline) => ({ ...guideline, active: hasSeat.has(guideline.id) })),
    switchedOff: switchedOff.map((guideline) => ({ ...guideline, active: false })),
  };
}

/** Guidelines that came, among others, from this label. */
export function guidelinesFrom(guidelines: readonly Guideline[], labelId: string): Guideline[] {
  return guidelines.filter((guideline) => guideline.sourceLabelIds.includes(labelId));
}

/** What an expert's edit makes of a guideline: new words, same sources, marked as a person's. Throws on empty text. */
export function editGuideline(guideline: Guideline, text: string): Guideline {
  if (text.trim() === "") throw new RangeError("a guideline needs words");
  return { ...guideline, text: text.trim(), editedByPerson: true };
}
