import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { LabelSource } from "@/lib/contracts/judge-page";
import type { Actor } from "@/lib/contracts/permissions";
import { formatValue, isOnScale } from "@/lib/judge";
import { actorId } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/** The labels behind guidelines, remembered answers or cases, newest first; superseded ones too, for they stay cited. */
export function labelSourcesOf(
  { repos }: Pick<ServiceDeps, "repos">,
  actor: Actor,
  judge: Judge,
  labelIds: readonly string[],
): LabelSource[] {
  const labels = repos.labels.byIds([...new Set(labelIds)]);
  const counting = new Set(repos.labels.list(judge.projectId, { judgeId: judge.id }).map(({ id }) => id));
  const teaching = new Set(repos.labels.listTeaching(judge.projectId, judge.id).map(({ id }) => id));
  const traces = new Map(
    repos.traces.byIds([...new Set(labels.map(({ traceId }) => traceId))]).map((trace) => [trace.id, trace]),
  );
  const tags = new Map(
    repos.records
      .byIds([...new Set(labels.map(({ recordId }) => recordId))])
      .map((record) => [record.id, record.tags]),
  );
  const me = actorId(actor);
  return labels
    .map(({ id, traceId, recordId, author, value, reason, createdAt }) => ({
      labelId: id,
      traceId,
      recordId,
      question: traces.get(traceId)?.question ?? "",
      answer: traces.get(traceId)?.output ?? "",
      author,
      isMine: author.id === me,
      value,
      shown: isOnScale(judge.scale, value) ? formatValue(judge.scale, value) : String(value),
      reason,
      tags: [...(tags.get(recordId) ?? [])],
      counts: counting.has(id),
      teaches: teaching.has(id),
      createdAt,
    }))
    .toSorted((a, b) => b.createdAt - a.createdAt);
}
