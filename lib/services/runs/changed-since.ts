import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { ProjectModels } from "@/lib/contracts/projects";
import type { RunManifest } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";

/** What a launch has in common with a manifest; enough to compare. */
export interface LaunchState {
  promptVersionId: string;
  targetVersionId: string;
  judges: readonly { judgeVersionId: string }[];
  models: Pick<ProjectModels, "task" | "judge" | "reflection">;
  /** Ids of the practice records it would use. */
  practice: readonly string[];
}

export interface SinceLastRun {
  /** "records +6", "labels +14", "judge v3 → v4", "same model" (ux.md, day 2). Empty when there was no run. */
  lines: string[];
  /** True when there was a run and nothing that it depends on has changed. */
  isUnchanged: boolean;
}

const ROLE_WORDS = {
  task: "assistant's model",
  judge: "judge's model",
  reflection: "model that suggests edits",
} as const;

export function changedSince(
  { repos }: Pick<ServiceDeps, "repos">,
  last: Run | null,
  now: LaunchState,
): SinceLastRun {
  if (last === null) return { lines: [], isUnchanged: false };
  const { manifest } = last;
  const changes = [
    ...recordChanges(repos, manifest, now.practice),
    ...labelChanges(repos, last),
    ...promptChanges(repos, manifest, now),
    ...judgeChanges(repos, manifest, now),
    ...(manifest.targetVersionId === now.targetVersionId ? [] : ["another version of the assistant"]),
  ];
  const models = modelChanges(manifest, now);
  return {
    lines: [...changes, ...(models.length === 0 ? ["same model"] : models)],
    isUnchanged: changes.length === 0 && models.length === 0,
  };
}

function recordChanges(
  repos: ServiceDeps["repos"],
  manifest: RunManifest,
  practice: readonly string[],
): string[] {
  const before = new Set([...manifest.trainset, ...manifest.valset]);
  const now = new Set(practice);
  const added = practice.filter((id) => !before.has(id)).length;
  const gone = [...before].filter((id) => !now.has(id)).length;
  const edited = repos.snapshots.changedSince(manifest.snapshotId).filter((id) => now.has(id)).length;
  return [
    added > 0 ? `records +${added}` : null,
    gone > 0 ? `records \u2212${gone}` : null,
    edited > 0 ? `records edited: ${edited}` : null,
  ].filter((line) => line !== null);
}

function labelChanges(repos: ServiceDeps["repos"], last: Run): string[] {
  const added = repos.labels.list(last.projectId, { after: last.createdAt }).length;
  return added > 0 ? [`labels +${added}`] : [];
}

function promptChanges(repos: ServiceDeps["repos"], manifest: RunManifest, now: LaunchState): string[] {
  if (manifest.promptVersionId === now.promptVersionId) return [];
  const versionOf = (id: string): string => `v${repos.prompts.versionById(id)?.version ?? "?"}`;
  return [`prompt ${versionOf(manifest.promptVersionId)} \u2192 ${versionOf(now.promptVersionId)}`];
}

function judgeChanges(repos: ServiceDeps["repos"], manifest: RunManifest, now: LaunchState): string[] {
  const versionsOf = (judges: LaunchState["judges"]) =>
    judges.flatMap(({ judgeVersionId }) => repos.judges.versionById(judgeVersionId) ?? []);
  const before = new Map(versionsOf(manifest.judges).map((version) => [version.judgeId, version.version]));
  const after = versionsOf(now.judges);
  const moved = after.flatMap(({ judgeId, version }) => {
    const old = before.get(judgeId);
    if (old === version) return [];
    return [old === undefined ? `another judge, v${version}` : `judge v${old} \u2192 v${version}`];
  });
  return before.size > after.length ? [...moved, "fewer judges"] : moved;
}

function modelChanges(manifest: RunManifest, now: LaunchState): string[] {
  return (["task", "judge", "reflection"] as const).flatMap((role) => {
    const [before, after] = [manifest.models[role]?.model ?? "none", now.models[role].model];
    const isSame = before === after && manifest.models[role]?.connectionId === now.models[role].connectionId;
    return isSame ? [] : [`${ROLE_WORDS[role]} ${before} \u2192 ${after}`];
  });
}
