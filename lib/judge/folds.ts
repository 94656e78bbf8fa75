import { type Rng, rngFrom } from "@/lib/util/rng";
import type { TeachingLabel } from "./types";

/** Labels that one round judges, and those it may learn from. */
export interface Fold {
  held: TeachingLabel[];
  rest: TeachingLabel[];
}

const FOLDS = 5;
/** Below so many labels each group of labels is held out by itself. */
const LEAVE_ONE_OUT_BELOW = 15;

/**
 * Cuts labels into folds (SPEC AG1, AG2): five, with the grades spread evenly; one group at a time under 15 labels.
 * Labels of one trace, of one record, or with the same inputs are never in different folds, or an answer would be
 * judged by its own label. Empty when there are fewer than two groups: nothing can be held out then.
 */
export function planFolds(labels: readonly TeachingLabel[], seed: string | number): Fold[] {
  const groups = groupsOf(labels);
  if (groups.length < 2) return [];
  const isSmall = labels.length < LEAVE_ONE_OUT_BELOW || groups.length <= FOLDS;
  const parts = isSmall ? groups : dealt(groups, rngFrom(seed, "folds"));
  return parts.map((held) => {
    const isHeld = new Set(held);
    return { held, rest: labels.filter((label) => !isHeld.has(label)) };
  });
}

/** From so many usable labels on, a fifth is kept for checking. */
const CHECKING_FROM = 50;

/**
 * Sets labels for checking aside (SPEC AG9): from 50 on a fifth, spread over the grades and never parted from labels
 * of the same record; they are never distilled, so that guidelines and edits can be measured on them. Fewer: none.
 */
export function planChecking(
  labels: readonly TeachingLabel[],
  seed: string | number,
): { teaching: TeachingLabel[]; checking: TeachingLabel[] } {
  const groups = groupsOf(labels);
  if (labels.length < CHECKING_FROM || groups.length <= FOLDS) return { teaching: [...labels], checking: [] };
  const checking = dealt(groups, rngFrom(seed, "checking"))[0] ?? [];
  const isChecking = new Set(checking);
  return { teaching: labels.filter((label) => !isChecking.has(label)), checking };
}

/** Labels that stand or fall together: of one record or trace, or with the same inputs. */
export function groupsOf(labels: readonly TeachingLabel[]): TeachingLabel[][] {
  const groups: { keys: Set<string>; labels: TeachingLabel[] }[] = [];
  for (const label of labels) {
    const keys = [`r:${label.recordId}`, `t:${label.traceId}`, `i:${foldedInputs(label.inputs)}`];
    const hits = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    const [home, ...others] = hits;
    if (!home) {
      groups.push({ keys: new Set(keys), labels: [label] });
      continue;
    }
    for (const other of others) {
      for (const key of other.keys) home.keys.add(key);
      home.labels.push(...other.labels);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const key of keys) home.keys.add(key);
    home.labels.push(label);
  }
  return groups.map((group) => group.labels);
}

/** Largest groups first, each to the fold that has fewest labels of its grade, then fewest labels. */
function dealt(groups: readonly TeachingLabel[][], rng: Rng): TeachingLabel[][] {
  const folds: TeachingLabel[][] = Array.from({ length: FOLDS }, () => []);
  const order = rng.shuffle(groups).sort((a, b) => b.length - a.length);
  for (const group of order) {
    const grade = gradeOf(group);
    const countOf = (fold: readonly TeachingLabel[]): number =>
      fold.filter((label) => label.value === grade).length;
    const best = folds.toSorted((a, b) => countOf(a) - countOf(b) || a.length - b.length)[0];
    best?.push(...group);
  }
  return folds.filter((fold) => fold.length > 0);
}

/** The grade most labels of the group have; of equals the first. */
function gradeOf(group: readonly TeachingLabel[]): TeachingLabel["value"] | undefined {
  const counts = new Map<TeachingLabel["value"], number>();
  for (const label of group) counts.set(label.value, (counts.get(label.value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function foldedInputs(inputs: string): string {
  return inputs.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
