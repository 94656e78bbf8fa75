import type { EmbeddingModel } from "@/lib/judge";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { RolloutJudge, RolloutSpec } from "../types";
import type { QueuedRollout } from "./protocol";
import type { PromptSnapshot, SnapshotReader, SnapshotWriter } from "./snapshots";

/**
 * A rollout as it is queued. Its key is the hash of all that it depends on but the id of this very attempt, so that a
 * server which starts anew and asks the same again finds what was done meanwhile.
 */
export function queuedOf(
  spec: RolloutSpec,
  snapshots: Pick<SnapshotWriter, "write">,
  embeddingsFor: (judge: RolloutJudge) => EmbeddingModel | null,
): QueuedRollout {
  const { target, judges, components, layout, inputs, rolloutId, ...rest } = spec;
  const asked = {
    ...rest,
    inputs: { messages: inputs.messages, fields: inputs.fields },
    // Headers of an agent are secrets.
    target: snapshots.write(target, target.kind === "http"),
    isTargetSealed: target.kind === "http",
    judges: snapshots.write(judges, false),
    prompt: snapshots.write({ components, layout } satisfies PromptSnapshot, false),
    embeddings: judges.map((judge) => embeddingsFor(judge)?.name ?? null),
  };
  return { ...asked, rolloutId, key: sha256Hex(stableStringify(asked)) };
}

/** @throws SnapshotGone */
export async function specOf(queued: QueuedRollout, snapshots: SnapshotReader): Promise<RolloutSpec> {
  const { key: _, target, isTargetSealed, judges, prompt, embeddings: __, ...rest } = queued;
  const [targetSnapshot, judgeSnapshots, promptSnapshot] = await Promise.all([
    snapshots.read<RolloutSpec["target"]>(target, isTargetSealed),
    snapshots.read<RolloutSpec["judges"]>(judges, false),
    snapshots.read<PromptSnapshot>(prompt, false),
  ]);
  return { ...rest, target: targetSnapshot, judges: judgeSnapshots, ...promptSnapshot };
}
