import { mapLimit } from "@/lib/util/map-limit";
import { judgeLabels, learnedFrom } from "./agreement";
import type { AlignDeps } from "./align";
import { judgeCase } from "./judge-case";
import { limitModel } from "./limit-model";
import { createEpisodeIndex } from "./retrieve";
import { compareToLine, normalise } from "./scale";
import { sortLabels } from "./teaching-labels";
import type { JudgeCase, JudgeSnapshot, ScaleValue, TeachingLabel, Verdict } from "./types";

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

/** How much the judge wavers when it reads the same answers again. */
export interface JudgeNoise {
  /** Standard deviation of one reading, normalised 0 to 1, pooled over the answers; null with fewer than two readings. */
  sd: number | null;
  /** Answers whose readings fall on both sides of the good-enough line. */
  flips: number;
  answers: number;
  failed: number;
}

/** Reads each case `readings` times afresh and pools the variances within cases (SPEC JC6). */
export async function measureNoise(
  snapshot: JudgeSnapshot,
  cases: readonly JudgeCase[],
  readings: number,
  deps: AlignDeps,
  signal: AbortSignal,
): Promise<JudgeNoise> {
  const model = limitModel(deps.model, deps.concurrency ?? DEFAULT_CONCURRENCY);
  const retrieval = createEpisodeIndex(snapshot, deps.embeddings);
  const asks = cases.flatMap((one) =>
    Array.from({ length: readings }, (_, index) => ({ one, sample: index + 1 })),
  );
  const verdicts = await mapLimit(
    asks,
    Math.max(1, asks.length),
    ({ one, sample }) => judgeCase(snapshot, one, { model, retrieval, sample }, signal),
    signal,
  );
  const byCase = cases.map((_, index) =>
    verdicts
      .slice(index * readings, (index + 1) * readings)
      .flatMap((verdict) => (verdict.status === "graded" ? [verdict.value] : [])),
  );
  return {
    sd: pooledSd(
      byCase.map((values) => values.map((value) => normalise(snapshot.scale, value, snapshot.goodEnough))),
    ),
    flips: byCase.filter(
      (values) =>
        new Set(values.map((value) => compareToLine(snapshot.scale, snapshot.goodEnough, value))).size > 1,
    ).length,
    answers: byCase.filter((values) => values.length > 0).length,
    failed: verdicts.filter((verdict) => verdict.status === "failed").length,
  };
}

function pooledSd(groups: readonly (readonly number[])[]): number | null {
  let [squares, freedom] = [0, 0];
  for (const group of groups) {
    const middle = group.reduce((total, value) => total + value, 0) / Math.max(1, group.length);
    squares += group.reduce((total, value) => total + (value - middle) ** 2, 0);
    freedom += Math.max(0, group.length - 1);
  }
  return freedom === 0 ? null : Math.sqrt(squares / freedom);
}
