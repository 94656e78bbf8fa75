import { mapLimit } from "@/lib/util/map-limit";
import { consolidate, type GuidelineConflict, mergeSameText } from "./consolidate";
import { type DroppedGuideline, distilBatch, planBatches } from "./distil";
import { cachedEmbeddings } from "./embed-cache";
import { capActive, newGuideline, rankBySupport } from "./guidelines";
import { limitModel } from "./limit-model";
import type { EmbeddingModel, JudgeModel } from "./ports";
import { episodeText } from "./retrieve";
import { type Contradiction, findContradictions, type SkippedLabel, sortLabels } from "./teaching-labels";
import type { Episode, Guideline, JudgeSnapshot, TeachingLabel } from "./types";

export interface AlignInput {
  /** The judge version that is taught; its own guidelines and episodes are not carried over unless kept. */
  base: JudgeSnapshot;
  labels: readonly TeachingLabel[];
  /** Guidelines that stay whatever is learned: edited, switched off, or simply kept. Not to be repeated. */
  guidelinesKept: readonly Guideline[];
  onProgress?: (progress: AlignProgress) => void;
}

export interface AlignProgress {
  stage: "distilling" | "consolidating" | "done";
  /** Batches of the stage that are answered, and all of them. */
  done: number;
  total: number;
}

export interface AlignDeps {
  model: JudgeModel;
  /** Null where the connection has none: retrieval is then lexical. */
  embeddings: EmbeddingModel | null;
  /** Calls at once; 16 unless told. */
  concurrency?: number;
}

/** A call of the alignment that failed. Aligning again asks only for these: the other replies are paid for. */
export interface FailedBatch {
  stage: "distil" | "consolidate" | "embed";
  labelIds: string[];
  cause: string;
}

export interface AlignReport {
  /** Labels remembered as episodes, and those of them that had a reason. */
  usedLabels: number;
  withReason: number;
  skipped: SkippedLabel[];
  dropped: DroppedGuideline[];
  failedBatches: FailedBatch[];
  contradictions: Contradiction[];
  conflicts: GuidelineConflict[];
  /** Guidelines beyond the twenty that a judge applies. */
  switchedOff: string[];
  /** True when a call failed: what was learned is not all that could be, and it is never put to use quietly. */
  partial: boolean;
  modelCalls: number;
}

export interface AlignResult {
  /** All guidelines, the kept ones included, by support. */
  guidelines: Guideline[];
  episodes: Episode[];
  retrieval: JudgeSnapshot["retrieval"];
  report: AlignReport;
}

const DEFAULT_CONCURRENCY = 16;

/**
 * MemAlign (SPEC AL1 to AL6): distils guidelines from the labels with reasons, in batches side by side; merges them;
 * remembers every usable label as an episode. A failed call makes the result partial, never smaller in silence.
 * Rejects only on abort.
 */
export async function align(input: AlignInput, deps: AlignDeps, signal: AbortSignal): Promise<AlignResult> {
  const { base, labels, guidelinesKept } = input;
  const sorted = sortLabels(labels, base.scale);
  const model = limitModel(deps.model, deps.concurrency ?? DEFAULT_CONCURRENCY);
  const [remembered, learned] = await Promise.all([
    remember(sorted.usable, deps.embeddings, signal),
    learn(
      { base, kept: guidelinesKept, labels: sorted.withReason, model, onProgress: input.onProgress },
      signal,
    ),
  ]);
  const capped = capActive(rankBySupport(learned.guidelines));
  const failedBatches = [...learned.failedBatches, ...remembered.failedBatches];
  return {
    guidelines: capped.guidelines,
    episodes: remembered.episodes,
    retrieval: remembered.retrieval,
    report: {
      usedLabels: sorted.usable.length,
      withReason: sorted.withReason.length,
      skipped: sorted.skipped,
      dropped: learned.dropped,
      failedBatches,
      contradictions: findContradictions(sorted.usable, base.scale, base.goodEnough),
      conflicts: learned.conflicts,
      switchedOff: capped.switchedOff.map((guideline) => guideline.id),
      partial: failedBatches.length > 0,
      modelCalls: learned.modelCalls,
    },
  };
}

/** The snapshot that an alignment makes of its base: same scale, line and instructions, another memory. */
export function createAlignedSnapshot(
  base: JudgeSnapshot,
  versionId: string,
  result: Pick<AlignResult, "guidelines" | "episodes" | "retrieval">,
): JudgeSnapshot {
  const { guidelines, episodes, retrieval } = result;
  return { ...base, versionId, guidelines, episodes, retrieval };
}

interface LearnInput {
  base: JudgeSnapshot;
  kept: readonly Guideline[];
  labels: readonly TeachingLabel[];
  model: JudgeModel;
  onProgress: AlignInput["onProgress"];
}

interface Learned {
  guidelines: Guideline[];
  conflicts: GuidelineConflict[];
  dropped: DroppedGuideline[];
  failedBatches: FailedBatch[];
  modelCalls: number;
}

async function learn(
  { base, kept, labels, model, onProgress }: LearnInput,
  signal: AbortSignal,
): Promise<Learned> {
  const batches = planBatches(labels);
  const learned: Learned = { guidelines: [], conflicts: [], dropped: [], failedBatches: [], modelCalls: 0 };
  let done = 0;
  onProgress?.({ stage: "distilling", done, total: batches.length });
  const answers = await mapLimit(
    batches,
    Math.max(1, batches.length),
    async (batch) => {
      const answer = await distilBatch(base, kept, batch, model, signal);
      done += 1;
      onProgress?.({ stage: "distilling", done, total: batches.length });
      return answer;
    },
    signal,
  );
  const fresh: Guideline[] = [];
  for (const [index, answer] of answers.entries()) {
    learned.modelCalls += answer.modelCalls;
    if (answer.status === "failed") {
      const labelIds = (batches[index] ?? []).map((label) => label.labelId);
      learned.failedBatches.push({ stage: "distil", labelIds, cause: answer.cause });
    } else {
      learned.dropped.push(...answer.dropped);
      fresh.push(...answer.guidelines.map((one) => newGuideline(base.judgeId, one.text, one.sourceLabelIds)));
    }
  }
  return settle(kept, fresh, learned, { model, onProgress, signal });
}

/** Kept and fresh guidelines put together; a model is asked only when something new has something to be compared with. */
async function settle(
  kept: readonly Guideline[],
  fresh: readonly Guideline[],
  learned: Learned,
  { model, onProgress, signal }: Pick<LearnInput, "model" | "onProgress"> & { signal: AbortSignal },
): Promise<Learned> {
  const all = mergeSameText([...kept, ...fresh]);
  if (all.length < 2 || all.length === kept.length) {
    onProgress?.({ stage: "done", done: 1, total: 1 });
    return { ...learned, guidelines: all };
  }
  onProgress?.({ stage: "consolidating", done: 0, total: 1 });
  const answer = await consolidate(all, model, signal);
  onProgress?.({ stage: "done", done: 1, total: 1 });
  const modelCalls = learned.modelCalls + answer.modelCalls;
  if (answer.status === "failed") {
    const failure: FailedBatch = { stage: "consolidate", labelIds: [], cause: answer.cause };
    return { ...learned, guidelines: all, failedBatches: [...learned.failedBatches, failure], modelCalls };
  }
  const { guidelines, conflicts, dropped } = answer;
  return { ...learned, guidelines, conflicts, dropped: [...learned.dropped, ...dropped], modelCalls };
}

interface Remembered {
  episodes: Episode[];
  retrieval: JudgeSnapshot["retrieval"];
  failedBatches: FailedBatch[];
}

/** Episodes of the labels; when their vectors cannot be had, they are found by their words, and that is reported (SPEC AL5). */
async function remember(
  labels: readonly TeachingLabel[],
  embeddings: EmbeddingModel | null,
  signal: AbortSignal,
): Promise<Remembered> {
  const plain = labels.map((label) => episodeOf(label, null));
  const lexical: Remembered = { episodes: plain, retrieval: { kind: "lexical" }, failedBatches: [] };
  if (embeddings === null || labels.length === 0) return lexical;
  try {
    const vectors = await cachedEmbeddings(embeddings).embed(labels.map(episodeText), signal);
    if (new Set(vectors.map((vector) => vector.length)).size > 1)
      throw new RangeError("the vectors differ in length");
    const episodes = labels.map((label, index) => episodeOf(label, vectors[index] ?? null));
    return { episodes, retrieval: { kind: "embedding", model: embeddings.name }, failedBatches: [] };
  } catch (error) {
    signal.throwIfAborted();
    const cause = `Vectors could not be had, so remembered answers are found by their words: ${error instanceof Error ? error.message : String(error)}`;
    const failure: FailedBatch = { stage: "embed", labelIds: labels.map((label) => label.labelId), cause };
    return { ...lexical, failedBatches: [failure] };
  }
}

function episodeOf(label: TeachingLabel, vector: readonly number[] | null): Episode {
  const { labelId, traceId, recordId, inputs, outputs, value, reason } = label;
  return { labelId, traceId, recordId, inputs, outputs, value, reason, vector };
}
