import { mapLimit } from "@/lib/util/map-limit";
import { judgeLabels, learnedFrom } from "./agreement";
import type { AlignDeps } from "./align";
import { limitModel } from "./limit-model";
import { compareToLine } from "./scale";
import { sortLabels } from "./teaching-labels";
import type { JudgeSnapshot, ScaleValue, TeachingLabel, Verdict } from "./types";

/** What one guideline does on answers that no one learned from (ux.md 7.4: "With it: 3 more right, 0 fewer"). */
export interface GuidelineEffect {
  guidelineId: string;
  /** Labels that agree with the judge only with the guideline, and only without it. */
  moreRight: number;
  fewerRight: number;
  /** Labels whose answer was graded both ways. */
  n: number;
}

/** Fewer unseen labels than this say nothing about one guideline. */
const LEAST_CHECKING_LABELS = 10;
const DEFAULT_CONCURRENCY = 16;

/**
 * Each active guideline's own effect (SPEC AG9): the judge with all of them against the judge without this one, on
 * checking labels that it never learned from. Null (not measurable yet) with fewer than 10 of them.
 */
export async function measureGuidelineEffects(
  snapshot: JudgeSnapshot,
  checking: readonly TeachingLabel[],
  deps: AlignDeps,
  signal: AbortSignal,
): Promise<GuidelineEffect[] | null> {
  const seen = learnedFrom(snapshot);
  const labels = sortLabels(checking, snapshot.scale).usable.filter((label) => !seen.has(label.labelId));
  if (labels.length < LEAST_CHECKING_LABELS) return null;
  const pooled = { ...deps, model: limitModel(deps.model, deps.concurrency ?? DEFAULT_CONCURRENCY) };
  const active = snapshot.guidelines.filter((guideline) => guideline.active);
  const judgeWithout = (id: string | null): Promise<Verdict[]> => {
    const guidelines = snapshot.guidelines.map((one) => (one.id === id ? { ...one, active: false } : one));
    const versionId = id === null ? snapshot.versionId : `${snapshot.versionId}-${id}`;
    return judgeLabels({ ...snapshot, versionId, guidelines }, labels, pooled, signal);
  };
  const arms = [null, ...active.map((guideline) => guideline.id)];
  const [all = [], ...without] = await mapLimit(arms, arms.length, judgeWithout, signal);
  return active.map((guideline, index) =>
    effectOf(guideline.id, labels, all, without[index] ?? [], snapshot),
  );
}

function effectOf(
  guidelineId: string,
  labels: readonly TeachingLabel[],
  withIt: readonly Verdict[],
  withoutIt: readonly Verdict[],
  { scale, goodEnough }: JudgeSnapshot,
): GuidelineEffect {
  const effect: GuidelineEffect = { guidelineId, moreRight: 0, fewerRight: 0, n: 0 };
  const side = (value: ScaleValue): ScaleValue => compareToLine(scale, goodEnough, value) ?? value;
  for (const [index, label] of labels.entries()) {
    const [on, off] = [withIt[index], withoutIt[index]];
    if (on?.status !== "graded" || off?.status !== "graded") continue;
    const [isRightOn, isRightOff] = [on, off].map((verdict) => side(verdict.value) === side(label.value));
    effect.n += 1;
    if (isRightOn && !isRightOff) effect.moreRight += 1;
    if (isRightOff && !isRightOn) effect.fewerRight += 1;
  }
  return effect;
}
