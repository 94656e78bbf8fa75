import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { JudgeVersionDetail } from "@/lib/contracts/judge-page";
import type { Actor } from "@/lib/contracts/permissions";
import type { ServiceDeps } from "../service-deps";
import { findVersion, judgeVersionView } from "./judge-views";
import { labelSourcesOf } from "./label-sources";

/** A version with the labels that its guidelines come from, and the answers that it remembers. */
export function versionDetailOf(
  deps: Pick<ServiceDeps, "repos">,
  actor: Actor,
  judge: Judge,
  versionId: string,
): JudgeVersionDetail {
  const version = findVersion(deps, judge, versionId);
  const episodes = deps.repos.judges.versionById(version.id)?.episodes ?? [];
  const cited = version.guidelines.flatMap(({ sourceLabelIds }) => sourceLabelIds);
  return {
    version: judgeVersionView(version),
    sources: labelSourcesOf(deps, actor, judge, cited),
    remembered: labelSourcesOf(
      deps,
      actor,
      judge,
      episodes.map(({ labelId }) => labelId),
    ),
  };
}
