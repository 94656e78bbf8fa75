import { mapLimit } from "@/lib/util/map-limit";
import { type AgreementTable, agreementTable, type JudgedLabel, tableOptions } from "./agreement-table";
import { type AlignDeps, align, createAlignedSnapshot } from "./align";
import { cachedEmbeddings } from "./embed-cache";
import { fingerprint } from "./fingerprint";
import { type Fold, groupsOf, planFolds } from "./folds";
import { type Headline, headline } from "./headline";
import { type HumanCeiling, humanCeiling } from "./human-ceiling";
import { judgeCallKey, judgeCase } from "./judge-case";
import { limitModel } from "./limit-model";
import type { JudgeModel } from "./ports";
import { caseOfLabel } from "./render";
import { createEpisodeIndex } from "./retrieve";
import { type SkippedLabel, sortLabels } from "./teaching-labels";
import type { Guideline, JudgeSnapshot, TeachingLabel, Verdict } from "./types";

export interface AgreementInput {
  /** The judge as it is: the arm *before*. */
  base: JudgeSnapshot;
  /** The labels that the alignment learns from. */
  labels: readonly TeachingLabel[];
  /** As given to `align`. */
  guidelinesKept: readonly Guideline[];
  seed: string | number;
  onProgress?: (progress: { done: number; total: number }) => void;
}

/** Agreement before and after teaching, on labels that neither arm had seen. */
export interface Agreement {
  before: AgreementTable;
  after: AgreementTable;
  headline: Headline;
  human: HumanCeiling;
  /** Ids held out together, round by round; empty when nothing could be held out. */
  folds: { labelIds: string[]; cause: string | null }[];
  skipped: SkippedLabel[];
  modelCalls: number;
}

const DEFAULT_CONCURRENCY = 16;

/**
 * Out-of-sample agreement (SPEC AG1 to AG5). For each fold the judge is taught from the other folds only, and both arms
 * judge the same held answers. What the base judge itself learned from held labels is taken out of it first, and
 * learned again from its other labels. All folds run side by side. Rejects only on abort.
 */
export async function measureAgreement(
  input: AgreementInput,
  deps: AlignDeps,
  signal: AbortSignal,
): Promise<Agreement> {
  const { base, seed } = input;
  const { usable, skipped } = sortLabels(input.labels, base.scale);
  const folds = planFolds(usable, seed);
  const meter = meteredDeps(deps);
  const total = 2 * folds.reduce((count, fold) => count + fold.held.length, 0);
  let done = 0;
  const onVerdict = (): void => {
    done += 1;
    input.onProgress?.({ done, total });
  };
  input.onProgress?.({ done, total });
  const runs = await inParallel(
    folds,
    (fold) => runFold({ ...input, labels: usable }, fold, meter.deps, onVerdict, signal),
    signal,
  );
  const judged = runs.flatMap((run) => run.judged);
  const options = tableOptions(base, seed, groupKeys(usable));
  const before = agreementTable(judged, "before", options);
  const after = agreementTable(judged, "after", options);
  return {
    before,
    after,
    headline: headline(before, after),
    human: humanCeiling(usable, base.scale, base.goodEnough, seed),
    folds: runs.map((run) => ({ labelIds: run.judged.map((one) => one.label.labelId), cause: run.cause })),
    skipped,
    modelCalls: meter.calls(),
  };
}

export interface UnseenInput {
  before: JudgeSnapshot;
  after: JudgeSnapshot;
  /** Usually checking labels; those that either judge learned from are left out, with the reason. */
  labels: readonly TeachingLabel[];
  seed: string | number;
}

/** Two finished judges on labels that neither has learned from (hand edits, a guideline switched off, checking labels). */
export async function measureOnUnseen(
  input: UnseenInput,
  deps: AlignDeps,
  signal: AbortSignal,
): Promise<Omit<Agreement, "folds">> {
  const { before: first, after: second, labels, seed } = input;
  const sorted = sortLabels(labels, first.scale);
  const seen = new Set([...learnedFrom(first), ...learnedFrom(second)]);
  const unseen = sorted.usable.filter((label) => !seen.has(label.labelId));
  const taught = sorted.usable.filter((label) => seen.has(label.labelId));
  const meter = meteredDeps(deps);
  const [firstVerdicts, secondVerdicts] = await Promise.all([
    judgeLabels(first, unseen, meter.deps, signal),
    judgeLabels(second, unseen, meter.deps, signal),
  ]);
  const judged = unseen.map(
    (label, index): JudgedLabel => ({
      label,
      before: verdictAt(firstVerdicts, index),
      after: verdictAt(secondVerdicts, index),
    }),
  );
  const options = tableOptions(first, seed, groupKeys(unseen));
  const before = agreementTable(judged, "before", options);
  const after = agreementTable(judged, "after", options);
  return {
    before,
    after,
    headline: headline(before, after),
    human: humanCeiling(unseen, first.scale, first.goodEnough, seed),
    skipped: [
      ...sorted.skipped,
      ...taught.map((label) => ({
        labelId: label.labelId,
        why: "A judge that is compared has learned from it.",
      })),
    ],
    modelCalls: meter.calls(),
  };
}

/** Verdicts of a judge on the answers of labels, in their order. */
export function judgeLabels(
  snapshot: JudgeSnapshot,
  labels: readonly TeachingLabel[],
  deps: Pick<AlignDeps, "model" | "embeddings">,
  signal: AbortSignal,
  onVerdict?: () => void,
): Promise<Verdict[]> {
  const retrieval = createEpisodeIndex(snapshot, deps.embeddings);
  return inParallel(
    labels,
    async (label) => {
      const one = caseOfLabel(label);
      const verdict = await judgeCase(
        snapshot,
        one,
        { model: deps.model, retrieval, callKey: judgeCallKey(snapshot, one) },
        signal,
      );
      onVerdict?.();
      return verdict;
    },
    signal,
  );
}

interface FoldRun {
  judged: JudgedLabel[];
  /** Why this fold's judge could not be taught, when a call failed. */
  cause: string | null;
}

async function runFold(
  input: AgreementInput,
  fold: Fold,
  deps: AlignDeps,
  onVerdict: () => void,
  signal: AbortSignal,
): Promise<FoldRun> {
  const held = new Set(fold.held.map((label) => label.labelId));
  const kept = input.guidelinesKept.filter((guideline) => !cites(guideline, held));
  const judgeArm = async (
    arm: Promise<TaughtJudge>,
  ): Promise<{ verdicts: Verdict[]; cause: string | null }> => {
    const { snapshot, cause } = await arm;
    if (cause === null)
      return { verdicts: await judgeLabels(snapshot, fold.held, deps, signal, onVerdict), cause };
    for (const _ of fold.held) onVerdict();
    return { verdicts: fold.held.map(() => ({ status: "failed", cause, rawReply: null })), cause };
  };
  const [after, before] = await Promise.all([
    judgeArm(taught({ base: input.base, labels: fold.rest, guidelinesKept: kept }, deps, "taught", signal)),
    judgeArm(baseWithout(input.base, fold, deps, signal)),
  ]);
  const judged = fold.held.map(
    (label, index): JudgedLabel => ({
      label,
      before: verdictAt(before.verdicts, index),
      after: verdictAt(after.verdicts, index),
    }),
  );
  return { judged, cause: after.cause ?? before.cause };
}

interface TaughtJudge {
  snapshot: JudgeSnapshot;
  cause: string | null;
}

/**
 * A judge taught from some labels. A lost batch would make the arm look worse than it is, so the arm counts as failed;
 * unmerged guidelines or answers found by their words change little, and the alignment itself would have them too.
 */
async function taught(
  input: { base: JudgeSnapshot; labels: readonly TeachingLabel[]; guidelinesKept: readonly Guideline[] },
  deps: AlignDeps,
  name: string,
  signal: AbortSignal,
): Promise<TaughtJudge> {
  const result = await align(input, deps, signal);
  const versionId = `${input.base.versionId}+${name}-${fingerprint(...input.labels.map((label) => label.labelId))}`;
  const snapshot = createAlignedSnapshot(input.base, versionId, result);
  const failure = result.report.failedBatches.find((batch) => batch.stage === "distil");
  return { snapshot, cause: failure ? `The judge of this fold could not be taught: ${failure.cause}` : null };
}

/** The base judge as it would be without the held labels (SPEC AG4). */
async function baseWithout(
  base: JudgeSnapshot,
  fold: Fold,
  deps: AlignDeps,
  signal: AbortSignal,
): Promise<TaughtJudge> {
  const held = new Set(fold.held.map((label) => label.labelId));
  const learned = learnedFrom(base);
  if (![...held].some((id) => learned.has(id))) return { snapshot: base, cause: null };
  const guidelines = base.guidelines.filter((guideline) => !cites(guideline, held));
  const episodes = base.episodes.filter((episode) => !held.has(episode.labelId));
  const versionId = `${base.versionId}+without-${fingerprint(...held)}`;
  const stripped: JudgeSnapshot = { ...base, versionId, guidelines, episodes };
  if (guidelines.length === base.guidelines.length) return { snapshot: stripped, cause: null };
  const own = fold.rest.filter((label) => learned.has(label.labelId));
  const again = await taught(
    { base: stripped, labels: own, guidelinesKept: guidelines },
    deps,
    "again",
    signal,
  );
  // Its memory of answers is what it was, less the held ones; only the guidelines had to be learned again.
  return { ...again, snapshot: { ...again.snapshot, episodes, retrieval: base.retrieval } };
}

/** Labels that a judge's guidelines and episodes come from. */
export function learnedFrom(snapshot: JudgeSnapshot): Set<string> {
  return new Set([
    ...snapshot.guidelines.flatMap((guideline) => guideline.sourceLabelIds),
    ...snapshot.episodes.map((episode) => episode.labelId),
  ]);
}

function cites(guideline: Guideline, labelIds: ReadonlySet<string>): boolean {
  return guideline.sourceLabelIds.some((id) => labelIds.has(id));
}

function groupKeys(labels: readonly TeachingLabel[]): (label: TeachingLabel) => string {
  const keys = new Map(
    groupsOf(labels).flatMap((group, index) => group.map((label) => [label.labelId, String(index)] as const)),
  );
  return (label) => keys.get(label.labelId) ?? label.labelId;
}

/** One pool for all folds, one memory of vectors, and a count of the calls that were made. */
function meteredDeps(deps: AlignDeps): { deps: AlignDeps; calls: () => number } {
  let calls = 0;
  const concurrency = deps.concurrency ?? DEFAULT_CONCURRENCY;
  const limited = limitModel(deps.model, concurrency);
  const model: JudgeModel = {
    ask: (request, signal) => {
      calls += 1;
      return limited.ask(request, signal);
    },
  };
  const embeddings = deps.embeddings === null ? null : cachedEmbeddings(deps.embeddings);
  return { deps: { model, embeddings, concurrency }, calls: () => calls };
}

/** All at once; the pool limits what is in flight. */
function inParallel<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result[]> {
  return mapLimit(items, Math.max(1, items.length), run, signal);
}

function verdictAt(verdicts: readonly Verdict[], index: number): Verdict {
  const verdict = verdicts[index];
  if (verdict === undefined) throw new RangeError("a label without a verdict");
  return verdict;
}
