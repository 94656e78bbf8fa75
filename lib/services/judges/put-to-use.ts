import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import type { ServiceDeps } from "../service-deps";
import { rulerSentence } from "./ruler";

/**
 * Puts a version to use, whichever page it was asked from: the teaching that made it is decided with it, and older
 * teachings that still waited are closed. Returns what the change does to the means.
 */
export function putToUse(
  deps: ServiceDeps,
  actor: Actor,
  judge: Judge,
  version: JudgeVersionSummary,
): string | null {
  const { repos } = deps;
  const old = repos.judges.inUse(judge.id);
  if (old?.id === version.id) return null;
  const sentence = rulerSentence(deps, judge, old?.id ?? null, version.id);
  repos.transaction(() => {
    repos.judges.putToUse(judge.id, version.id);
    closeTeachings(deps, judge, version);
    audit(deps, actor, {
      projectId: judge.projectId,
      action: "judge-used",
      subjectType: "judge",
      subjectId: judge.id,
      details: { version: version.version, replaced: old?.version ?? 0 },
    });
  });
  return sentence;
}

/** A teaching whose draft is in use, as it was or edited by hand, is decided for; an older one that waited, against. */
function closeTeachings(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  used: JudgeVersionSummary,
): void {
  const versions = new Map(repos.judges.versions(judge.id).map((version) => [version.id, version]));
  const line = new Set<string>();
  for (let at: JudgeVersionSummary | undefined = used; at; at = versions.get(at.parentVersionId ?? ""))
    line.add(at.id);
  for (const { id, decision, draftVersionId } of repos.alignments.list(judge.id)) {
    if (decision !== "open" || draftVersionId === null) continue;
    const isInLine = line.has(draftVersionId);
    if (!isInLine && (versions.get(draftVersionId)?.version ?? 0) > used.version) continue;
    repos.alignments.update(id, { decision: isInLine ? "used" : "kept-old" });
    if (draftVersionId !== used.id) repos.judges.setStatus(draftVersionId, "retired");
  }
}
