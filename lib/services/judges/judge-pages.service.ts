import "server-only";
import type { Alignment } from "@/db/repos/alignments.repo";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { JudgePage, LabelSource, MeasuredAgreement, TeachingPage } from "@/lib/contracts/judge-page";
import type { Actor } from "@/lib/contracts/permissions";
import { alignmentView } from "../alignments/alignment-view";
import { findAlignment } from "../alignments/alignments.service";
import { baseVersionOf, preflightOf } from "../alignments/preflight";
import { actorId, authorize, can } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { findJudge, judgeVersionView, judgeView } from "./judge-views";
import { labelSourcesOf } from "./label-sources";
import { rulerSentence } from "./ruler";
import { versionDetailOf } from "./version-detail";

/** What the pages of a judge show, each in one call. */
export function createJudgePagesService(deps: ServiceDeps) {
  return {
    /** The wanted judge, else the first that learns; null when the project has no judge with a version. */
    judge(actor: Actor, projectId: string, judgeId: string | null): JudgePage | null {
      authorize(actor, "project:read", projectId);
      const judges = deps.repos.judges.list(projectId);
      const judge =
        judges.find(({ id }) => id === judgeId) ?? judges.find(({ kind }) => kind === "model") ?? judges[0];
      const shown = judge && (baseVersionOf(deps, judge) ?? deps.repos.judges.versions(judge.id)[0]);
      return judge && shown ? judgePage(deps, actor, judge, shown) : null;
    },

    teaching: (actor: Actor, alignmentId: string): TeachingPage =>
      teachingPage(deps, actor, findAlignment(deps, actor, "project:read", alignmentId)),
  };
}

function judgePage(deps: ServiceDeps, actor: Actor, judge: Judge, shown: JudgeVersionSummary): JudgePage {
  const { repos } = deps;
  const measured = measuredOf(deps, judge, shown.id);
  const waiting = repos.alignments
    .list(judge.id)
    .find(({ decision, draftVersionId }) => decision === "open" && draftVersionId !== null);
  return {
    judge: judgeView(deps, judge),
    shown: versionDetailOf(deps, actor, judge, shown.id),
    measured,
    effects: effectsOf(deps, judge, shown.id),
    caseLabels: labelSourcesOf(deps, actor, judge, measured?.table.cases.map(({ labelId }) => labelId) ?? []),
    versions: repos.judges.versions(judge.id).map(judgeVersionView),
    openAlignmentId: waiting?.id ?? null,
    preflight: can(actor, "judges:draft", judge.projectId) ? preflightOf(deps, judge) : null,
    labelHref: labelHref(deps, actor, judge),
  };
}

/** The newest test in which this version was judged: as the result of a teaching, or as what was taught. */
function measuredOf({ repos }: ServiceDeps, judge: Judge, versionId: string): MeasuredAgreement | null {
  for (const { id, draftVersionId, baseVersionId, before, after, human } of repos.alignments.list(judge.id)) {
    const table = draftVersionId === versionId ? after : baseVersionId === versionId ? before : null;
    if (table !== null) return { alignmentId: id, table, human };
  }
  return null;
}

/** Of the teaching that made this version; null when it had too few labels to keep some aside. */
function effectsOf({ repos }: ServiceDeps, judge: Judge, versionId: string): JudgePage["effects"] {
  const report = repos.alignments
    .list(judge.id)
    .find(({ draftVersionId }) => draftVersionId === versionId)?.report;
  return report && report.effects.length > 0 ? report.effects : null;
}

function teachingPage(deps: ServiceDeps, actor: Actor, alignment: Alignment): TeachingPage {
  const { repos } = deps;
  const judge = findJudge(deps, actor, "project:read", alignment.judgeId);
  const [base] = repos.judges.versionsByIds([alignment.baseVersionId]);
  const { report, before, after, draftVersionId } = alignment;
  const labels = labelSourcesOf(deps, actor, judge, [
    ...[...(before?.cases ?? []), ...(after?.cases ?? [])].map(({ labelId }) => labelId),
    ...(report?.contradictions.flatMap(({ labelIds }) => labelIds) ?? []),
    ...(report?.skipped.map(({ labelId }) => labelId) ?? []),
  ]);
  return {
    alignment: alignmentView(deps, alignment),
    judge: judgeView(deps, judge),
    base: {
      id: alignment.baseVersionId,
      version: base?.version ?? 0,
      isInUse: repos.judges.inUse(judge.id)?.id === alignment.baseVersionId,
    },
    draft: draftVersionId === null ? null : versionDetailOf(deps, actor, judge, draftVersionId),
    labels,
    helpTag: tagThatHelps(alignment, labels),
    rulerSentence:
      alignment.decision === "used" && draftVersionId !== null
        ? rulerSentence(deps, judge, alignment.baseVersionId, draftVersionId)
        : null,
    labelHref: labelHref(deps, actor, judge),
  };
}

/** The tag on which the taught judge differs most often; of equals the one with fewer labels. */
function tagThatHelps({ after }: Alignment, labels: readonly LabelSource[]): string | null {
  const tagsOf = new Map(labels.map(({ labelId, tags }) => [labelId, tags]));
  const counts = new Map<string, { wrong: number; all: number }>();
  for (const { labelId, kind } of after?.cases ?? []) {
    for (const tag of tagsOf.get(labelId) ?? []) {
      const { wrong, all } = counts.get(tag) ?? { wrong: 0, all: 0 };
      counts.set(tag, { wrong: wrong + (kind === "same" ? 0 : 1), all: all + 1 });
    }
  }
  const [first] = [...counts]
    .filter(([, { wrong }]) => wrong > 0)
    .sort(([, a], [, b]) => b.wrong - a.wrong || a.all - b.all);
  return first?.[0] ?? null;
}

/** An open queue of this judge with items left for the person. */
function labelHref({ repos, now }: ServiceDeps, actor: Actor, judge: Judge): string | null {
  if (!can(actor, "labels:write", judge.projectId)) return null;
  const queue = repos.queues
    .list(judge.projectId)
    .filter(({ closedAt, judgeId }) => closedAt === null && judgeId === judge.id)
    .find(({ id }) => repos.queues.progress(id, actorId(actor), now()).leftForMe > 0);
  return queue ? `/p/${judge.projectId}/label/${queue.id}` : null;
}
