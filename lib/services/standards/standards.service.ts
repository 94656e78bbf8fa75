import "server-only";
import type { z } from "zod";
import type { Judge, JudgeVersion } from "@/db/repos/judges.repo";
import type { Label } from "@/db/repos/labels.repo";
import type { StandardChange } from "@/db/repos/standard-changes.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type {
  changeStandardInput,
  StandardChangeView,
  StandardPreview,
  StandardScope,
} from "@/lib/contracts/standards";
import { unalign } from "@/lib/judge";
import { baseVersionOf } from "../alignments/preflight";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { findJudge } from "../judges/judge-views";
import { judgeSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";

/** "Our standard changed" (ux.md): older labels are set aside, guidelines retired, and all of it stays in the history. */
export function createStandardsService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    /** What it would do; nothing is done. */
    preview: (actor: Actor, judgeId: string, scope: StandardScope): StandardPreview =>
      preview(deps, findJudge(deps, actor, "judges:draft", judgeId), scope),

    /** Newest first. */
    list: (actor: Actor, judgeId: string): StandardChangeView[] =>
      repos.standardChanges.list(findJudge(deps, actor, "project:read", judgeId).id).map(changeView),

    /** Sets the labels aside at once; what the judge has learned from them goes in a draft. */
    change: (
      actor: Actor,
      judgeId: string,
      input: z.output<typeof changeStandardInput>,
    ): StandardChangeView =>
      changeView(change(deps, actor, findJudge(deps, actor, "judges:draft", judgeId), input)),

    /** Brings the labels back; the version that was made stays in the history. */
    undo(actor: Actor, judgeId: string, changeId: string): StandardChangeView {
      const judge = findJudge(deps, actor, "judges:draft", judgeId);
      const found = repos.standardChanges.byId(changeId);
      if (found?.judgeId !== judge.id)
        throw new AppError("not-found", "This judge has no such change of the standard.");
      if (found.undoneAt !== null)
        throw new AppError("conflict", "These labels are back already. Nothing was changed.");
      repos.transaction(() => {
        const labels = repos.labels.bringBack(changeId);
        repos.standardChanges.setUndone(changeId, deps.now());
        audit(deps, actor, {
          projectId: judge.projectId,
          action: "standard-change-undone",
          subjectType: "judge",
          subjectId: judge.id,
          details: { changeId, labels },
        });
      });
      return changeView(repos.standardChanges.byId(changeId) ?? found);
    },
  };
}

/** Labels that teach now and fall under the change. */
function labelsIn(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  { tag, before, labelIds }: StandardScope,
) {
  const teaching = repos.labels.listTeaching(judge.projectId, judge.id);
  const tags = tagsOf({ repos }, teaching);
  const named = labelIds && new Set(labelIds);
  const isIn = (label: Label): boolean =>
    label.createdAt < before &&
    (named?.has(label.id) ?? true) &&
    (tag === null || (tags.get(label.recordId) ?? []).includes(tag));
  return { teaching, tags, chosen: teaching.filter(isIn) };
}

function tagsOf(
  { repos }: Pick<ServiceDeps, "repos">,
  labels: readonly Label[],
): Map<string, readonly string[]> {
  const recordIds = [...new Set(labels.map(({ recordId }) => recordId))];
  return new Map(repos.records.byIds(recordIds).map(({ id, tags }) => [id, tags]));
}

function preview(deps: ServiceDeps, judge: Judge, scope: StandardScope): StandardPreview {
  const { teaching, tags, chosen } = labelsIn(deps, judge, scope);
  const base = baseVersionOf(deps, judge);
  const without = base && withoutLabels(deps, base.id, chosen);
  const gone = new Set([...(without?.removed ?? []), ...(without?.affected ?? [])].map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const { recordId } of teaching)
    for (const tag of tags.get(recordId) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return {
    labels: chosen.length,
    left: teaching.length - chosen.length,
    removed: guidelinesOf(
      base,
      (without?.removed ?? []).map(({ id }) => id),
    ),
    affected: guidelinesOf(
      base,
      (without?.affected ?? []).map(({ id }) => id),
    ),
    untouched: (base?.guidelines ?? []).filter(({ id }) => !gone.has(id)),
    remembered: without?.removedEpisodes ?? 0,
    baseVersion: base?.version ?? null,
    tags: [...counts].map(([tag, labels]) => ({ tag, labels })).sort((a, b) => b.labels - a.labels),
  };
}

function withoutLabels(deps: Pick<ServiceDeps, "repos">, versionId: string, labels: readonly Label[]) {
  const snapshot = judgeSnapshotOf(deps, versionId);
  return unalign(
    snapshot,
    versionId,
    labels.map(({ id }) => id),
  );
}

function guidelinesOf(version: Pick<JudgeVersion, "guidelines"> | null, ids: readonly string[]) {
  const wanted = new Set(ids);
  return (version?.guidelines ?? []).filter(({ id }) => wanted.has(id));
}

function change(
  deps: ServiceDeps,
  actor: Actor,
  judge: Judge,
  input: z.output<typeof changeStandardInput>,
): StandardChange {
  const { repos, now, newId } = deps;
  return repos.transaction(() => {
    const { chosen } = labelsIn(deps, judge, input);
    const base = baseVersionOf(deps, judge);
    const unknown = input.retire.find((id) => !base?.guidelines.some((guideline) => guideline.id === id));
    if (unknown !== undefined)
      throw new AppError(
        "invalid-input",
        "A guideline that you retire is not in this version any more. Nothing was changed; look again.",
      );
    if (input.labelIds && chosen.length < new Set(input.labelIds).size)
      throw new AppError(
        "conflict",
        "A label that you set aside does not teach any more. Nothing was changed; load the page again.",
      );
    if (chosen.length === 0 && input.retire.length === 0)
      throw new AppError(
        "invalid-input",
        "No label falls under this, and no guideline is chosen, so nothing would change. Choose another tag or a later date.",
      );
    const changeId = newId("std");
    const drafted = base && draftWithout(deps, actor, judge, base.id, { chosen, retire: input.retire });
    const labelIds = chosen.map(({ id }) => id);
    const made = repos.standardChanges.insert({
      id: changeId,
      projectId: judge.projectId,
      judgeId: judge.id,
      tag: input.tag,
      before: input.before,
      reason: input.reason,
      labelIds,
      retired: drafted?.retired ?? [],
      versionId: drafted?.versionId ?? null,
      actorId: actorId(actor),
      at: now(),
    });
    repos.labels.setAside(labelIds, changeId);
    audit(deps, actor, {
      projectId: judge.projectId,
      action: "standard-changed",
      subjectType: "judge",
      subjectId: judge.id,
      details: { labels: labelIds.length, tag: input.tag ?? "", reason: input.reason },
    });
    return made;
  });
}

/** The judge without what it had learned from these labels, as a draft; null when it had learned nothing from them. */
function draftWithout(
  deps: ServiceDeps,
  actor: Actor,
  judge: Judge,
  versionId: string,
  { chosen, retire }: { chosen: readonly Label[]; retire: readonly string[] },
): { versionId: string; retired: string[] } | null {
  const { repos, now, newId } = deps;
  const base = repos.judges.versionById(versionId);
  if (!base) return null;
  const { snapshot, removed } = withoutLabels(deps, versionId, chosen);
  const gone = new Set([...retire, ...removed.map(({ id }) => id)]);
  const remembered = new Set(snapshot.episodes.map(({ labelId }) => labelId));
  const episodes = base.episodes.filter(({ labelId }) => remembered.has(labelId));
  const isSame = gone.size === 0 && episodes.length === base.episodes.length;
  if (isSame) return null;
  const guidelines = base.guidelines
    .filter(({ id }) => !gone.has(id))
    // What lost some of its labels goes on citing them: by that the next teaching knows to word it anew.
    .map((guideline) => ({
      ...guideline,
      conflictsWith: guideline.conflictsWith.filter((id) => !gone.has(id)),
    }));
  const { instructions, anchors, goodEnough, models, retrieval, rule } = base;
  const draft = repos.judges.addVersion({
    id: newId("jdv"),
    judgeId: judge.id,
    status: "draft",
    origin: "edited",
    parentVersionId: base.id,
    alignmentId: null,
    instructions,
    anchors,
    goodEnough,
    models,
    guidelines,
    episodes,
    retrieval,
    rule,
    actorId: actorId(actor),
    at: now(),
  });
  return {
    versionId: draft.id,
    retired: base.guidelines.filter(({ id }) => gone.has(id)).map(({ text }) => text),
  };
}

function changeView(change: StandardChange): StandardChangeView {
  const { id, tag, before, reason, labelIds, retired, versionId, undoneAt, createdBy, createdAt } = change;
  return {
    id,
    tag,
    before,
    reason,
    labels: labelIds.length,
    retired,
    versionId,
    undoneAt,
    createdBy,
    createdAt,
  };
}
