import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/** A version as it goes over the wire: without its remembered answers and the models that it pins. */
export function judgeVersionView(version: JudgeVersionSummary): JudgeVersionView {
  const { id, judgeId, status, origin, parentVersionId, alignmentId, instructions, anchors, goodEnough } =
    version;
  return {
    id,
    judgeId,
    version: version.version,
    status,
    origin,
    parentVersionId,
    alignmentId,
    instructions,
    anchors,
    goodEnough,
    guidelines: version.guidelines,
    episodeCount: version.episodeCount,
    retrieval: version.retrieval.kind,
    rule: version.rule,
    createdAt: version.createdAt,
    createdBy: version.createdBy,
  };
}

/** A judge with the version in use and the draft, if any. */
export function judgeView({ repos }: Pick<ServiceDeps, "repos">, judge: Judge): JudgeView {
  const inUse = repos.judges.inUse(judge.id);
  const draft = repos.judges.draft(judge.id);
  const { id, projectId, name, kind, scale } = judge;
  return {
    id,
    projectId,
    name,
    kind,
    scale,
    inUse: inUse && judgeVersionView(inUse),
    draft: draft && judgeVersionView(draft),
    versionCount: repos.judges.versionCount(id),
  };
}

/** The judge, when the actor may do this in its project. */
export function findJudge(
  { repos }: Pick<ServiceDeps, "repos">,
  actor: Actor,
  permission: Permission,
  judgeId: string,
): Judge {
  const judge = repos.judges.byId(judgeId);
  if (!judge)
    throw new AppError("not-found", "There is no such judge, or you are not a member of its project.");
  authorize(actor, permission, judge.projectId);
  return judge;
}

/** A version of this judge; `not-found` when it is another judge's. */
export function findVersion(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  versionId: string,
): JudgeVersionSummary {
  const version = repos.judges.versionsByIds([versionId])[0];
  if (version?.judgeId !== judge.id) {
    throw new AppError("not-found", `"${judge.name}" has no such version.`);
  }
  return version;
}
