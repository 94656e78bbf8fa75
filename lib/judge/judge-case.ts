import { askJson } from "./ask-json";
import { assembleJudgePrompt } from "./assemble";
import { fingerprint } from "./fingerprint";
import { parseVerdict } from "./parse";
import type { JudgeModel } from "./ports";
import type { EpisodeIndex } from "./retrieve";
import { applyRule } from "./rules";
import { normalise } from "./scale";
import type { Episode, JudgeCase, JudgeSnapshot, Verdict } from "./types";

export interface JudgeCaseDeps {
  model: JudgeModel;
  /** The index of this snapshot's episodes (`createEpisodeIndex`), built once and shared by its cases. */
  retrieval: EpisodeIndex;
  /** Key of the paid call; without it one is made from the judge version and the case (`judgeCallKey`). */
  callKey?: string;
  /** 0 for the memoised reading, higher for fresh ones (noise); part of the key that is made without one. */
  sample?: number;
}

/**
 * One verdict on one case: remembered answers are fetched, the model is asked, its reply is read against the scale,
 * with one repair turn (SPEC JC1). A rule judge answers at once and asks nobody. What cannot be graded is a failed
 * verdict with its cause, never a number. Rejects only on abort.
 */
export async function judgeCase(
  snapshot: JudgeSnapshot,
  judgeCase: JudgeCase,
  deps: JudgeCaseDeps,
  signal: AbortSignal,
): Promise<Verdict> {
  signal.throwIfAborted();
  if (snapshot.rule !== null) return applyRule(snapshot.rule, judgeCase);
  if (snapshot.scale.kind === "categories" && !snapshot.scale.ordered && snapshot.goodEnough === null) {
    return failed("The values of this judge have no order, and none of them is set as good enough.", null);
  }
  let episodes: readonly Episode[];
  try {
    episodes = await deps.retrieval.nearest(judgeCase, signal);
  } catch (error) {
    signal.throwIfAborted();
    return failed(
      `Remembered answers could not be fetched: ${error instanceof Error ? error.message : String(error)}`,
      null,
    );
  }
  const prompt = assembleJudgePrompt(snapshot, judgeCase, episodes);
  const callKey = deps.callKey ?? judgeCallKey(snapshot, judgeCase, deps.sample);
  const sample = deps.sample ? { sample: deps.sample } : {};
  const request = { callKey, purpose: "judge", ...prompt, ...sample } as const;
  const asked = await askJson(deps.model, request, (reply) => parseVerdict(snapshot.scale, reply), signal);
  if (asked.status === "failed") return failed(asked.cause, asked.rawReply);
  const { value, rationale } = asked.value;
  return {
    status: "graded",
    value,
    rationale,
    normalised: normalise(snapshot.scale, value, snapshot.goodEnough),
  };
}

/** The key of a verdict's call: equal for the same judge version and the same case. `sample` names a fresh reading. */
export function judgeCallKey(snapshot: JudgeSnapshot, one: JudgeCase, sample = 0): string {
  const id = fingerprint(
    one.traceId ?? "",
    one.recordId,
    one.inputs,
    one.outputs,
    one.expectations,
    one.steps ?? "",
  );
  return `judge:${snapshot.versionId}:${id}:${sample}`;
}

function failed(cause: string, rawReply: string | null): Verdict {
  return { status: "failed", cause, rawReply };
}
