import "server-only";
import type { TargetVersion } from "@/db/repos/targets.repo";
import { AppError } from "@/lib/contracts/errors";
import type { RunManifest } from "@/lib/contracts/runs";
import type { JudgeSnapshot } from "@/lib/judge";
import type { ModelRef } from "@/lib/rollouts/model-caller";
import type { RolloutJudge, TargetSnapshot } from "@/lib/rollouts/types";
import type { ServiceDeps } from "../service-deps";

/** A judge version as the judge core takes it. Throws `not-found` when it is gone. */
export function judgeSnapshotOf(
  { repos }: Pick<ServiceDeps, "repos">,
  judgeVersionId: string,
): JudgeSnapshot {
  const snapshot = repos.judges.snapshot(judgeVersionId);
  if (!snapshot)
    throw new AppError("not-found", "This version of the judge does not exist.", {
      extra: { judgeVersionId },
    });
  return snapshot;
}

/** A target version with everything needed to call it. */
export function targetSnapshotOf(
  { secrets }: Pick<ServiceDeps, "secrets">,
  version: TargetVersion,
  task: ModelRef,
): TargetSnapshot {
  const { config, sealedHeaders, id } = version;
  if (config.kind === "chat") return { kind: "chat", versionId: id, task };
  const headers =
    sealedHeaders === null ? {} : (JSON.parse(secrets.open(sealedHeaders)) as Record<string, string>);
  const { kind: _, maxUsdPerCall = null, ...reached } = config;
  return { kind: "http", versionId: id, headers, maxUsdPerCall, ...reached };
}

/** The model that a manifest pins for a role. */
export function pinnedModel(
  manifest: Pick<RunManifest, "models">,
  role: "task" | "judge" | "reflection",
): ModelRef {
  const pin = manifest.models[role];
  if (!pin)
    throw new AppError(
      "no-connection",
      `No model is set for the role "${role}". Choose one under Settings, Models and connections.`,
    );
  return pin;
}

/** Judges of a manifest, with their snapshots; a snapshot is made once, since its index of episodes is kept by identity. */
export function judgesOf(
  deps: Pick<ServiceDeps, "repos">,
  manifest: Pick<RunManifest, "judges" | "models">,
): RolloutJudge[] {
  const model = pinnedModel(manifest, "judge");
  return manifest.judges.map(({ judgeVersionId, weight }) => ({
    snapshot: judgeSnapshotOf(deps, judgeVersionId),
    weight,
    model,
  }));
}

export function targetOf(
  deps: Pick<ServiceDeps, "repos" | "secrets">,
  manifest: Pick<RunManifest, "targetVersionId" | "models">,
): TargetSnapshot {
  const version = deps.repos.targets.versionById(manifest.targetVersionId);
  if (!version) throw new AppError("not-found", "This version of the assistant under test does not exist.");
  return targetSnapshotOf(deps, version, pinnedModel(manifest, "task"));
}
