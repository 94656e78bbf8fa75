import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { Label } from "@/db/repos/labels.repo";
import type { Queue } from "@/db/repos/queues.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import { AppError } from "@/lib/contracts/errors";
import type { CommitLabelInput, CommittedLabel } from "@/lib/contracts/labels";
import type { Actor } from "@/lib/contracts/permissions";
import { formatValue } from "@/lib/judge";
import { audit } from "../audit";
import { actorId, assertWithinLink, authorize } from "../authorize";
import { verdictOf } from "../queues/batch-end";
import type { ServiceDeps } from "../service-deps";
import { checkedValue } from "./check-label";

/** Commits a label: always accepted, however late; an earlier one by the same person is superseded by it. */
export function commitLabel(deps: ServiceDeps, actor: Actor, input: CommitLabelInput): CommittedLabel {
  const { repos, now, newId } = deps;
  const trace = repos.traces.byId(input.traceId);
  if (!trace) throw new AppError("not-found", "There is no such answer.");
  const { projectId } = trace;
  authorize(actor, "labels:write", projectId);
  assertWithinLink(actor, input.queueId);
  if (trace.state !== "OK")
    throw new AppError(
      "invalid-input",
      "The assistant gave no answer here, so there is nothing to grade. Nothing was saved.",
    );
  const judge = ofProject(
    repos.judges.byId(input.judgeId),
    projectId,
    "There is no such judge in this project.",
  );
  const queue =
    input.queueId === null
      ? null
      : ofProject(repos.queues.byId(input.queueId), projectId, "There is no such queue of answers.");
  const value = checkedValue(judge, input);
  const me = actorId(actor);
  return repos.transaction(() => {
    const item = queue ? repos.queues.itemOf(queue.id, trace.id) : null;
    if (!item) assertWithinLink(actor, null);
    const notice = queue && item ? lateNotice(deps, queue, trace.id, me) : null;
    const label = repos.labels.commit({
      id: newId("lab"),
      projectId,
      traceId: trace.id,
      recordId: trace.recordId,
      judgeId: judge.id,
      judgeVersionId: repos.judges.inUse(judge.id)?.id ?? null,
      queueId: item ? (queue?.id ?? null) : null,
      authorId: me,
      value,
      reason: input.reason.trim(),
      betterAnswer: input.betterAnswer?.trim() || null,
      flagged: input.flagged,
      purpose: purposeOf(deps, queue, trace),
      createdAt: now(),
    });
    if (item) repos.queues.release(item.id, me);
    audit(deps, actor, {
      projectId,
      action: "label-committed",
      subjectType: "label",
      subjectId: label.id,
      details: { traceId: trace.id },
    });
    return { ...label, notice, judgeSays: judgeSays(deps, judge, trace) };
  });
}

/**
 * A reason given later, or another grade: a new label that supersedes one's own.
 * @param changes what is left out stays as it is
 */
export function amendLabel(
  deps: ServiceDeps,
  actor: Actor,
  labelId: string,
  changes: { value?: CommitLabelInput["value"] | undefined; reason?: string | undefined },
): Label {
  const { repos, now, newId } = deps;
  const before = repos.labels.byId(labelId);
  if (!before) throw new AppError("not-found", "There is no such label.");
  authorize(actor, "labels:write", before.projectId);
  assertWithinLink(actor, before.queueId);
  const me = actorId(actor);
  if (repos.labels.mine(before.traceId, before.judgeId, me)?.id !== labelId) {
    throw new AppError(
      "conflict",
      "This label is not yours, or a newer one has taken its place. Nothing was changed; load the page again to see which counts.",
    );
  }
  const judge = ofProject(
    repos.judges.byId(before.judgeId),
    before.projectId,
    "There is no such judge in this project.",
  );
  const reason = (changes.reason ?? before.reason).trim();
  const value = checkedValue(judge, {
    value: changes.value ?? before.value,
    reason,
    flagged: before.flagged,
  });
  const { author: _author, supersededBy: _supersededBy, ...facts } = before;
  return repos.transaction(() => {
    const id = newId("lab");
    const label = repos.labels.commit({ ...facts, id, authorId: me, value, reason, createdAt: now() });
    const details = { traceId: before.traceId, supersedes: before.id };
    audit(deps, actor, {
      projectId: before.projectId,
      action: "label-amended",
      subjectType: "label",
      subjectId: id,
      details,
    });
    return label;
  });
}

/** Labels on sealed records check, they never teach (ux.md, rule 2). */
function purposeOf(
  { repos }: ServiceDeps,
  queue: Queue | null,
  trace: Pick<TraceWithVerdicts, "recordId">,
): Label["purpose"] {
  if (repos.records.byId(trace.recordId)?.set === "sealed") return "checking";
  return queue?.purpose ?? "teaching";
}

function lateNotice({ repos }: ServiceDeps, queue: Queue, traceId: string, me: string): string | null {
  const others = repos.labels
    .list(queue.projectId, { judgeId: queue.judgeId, traceIds: [traceId] })
    .filter(({ author }) => author.id !== me);
  const isMineThere = repos.labels.mine(traceId, queue.judgeId, me) !== null;
  if (isMineThere || others.length < queue.expertsPerItem) return null;
  return "Saved. A colleague labelled it too while you were away; both count.";
}

/** Only where the project chose to show each verdict at once (ux.md, rule 12). */
function judgeSays(
  { repos }: ServiceDeps,
  judge: Judge,
  trace: TraceWithVerdicts,
): CommittedLabel["judgeSays"] {
  if (!repos.projects.byId(trace.projectId)?.settings.verdictAtOnce) return null;
  const newestFirst = repos.judges.versions(judge.id).map(({ id }) => id);
  const verdict = verdictOf(trace, repos.judges.inUse(judge.id)?.id ?? null, newestFirst);
  return verdict && { grade: formatValue(judge.scale, verdict.value), rationale: verdict.rationale };
}

function ofProject<Owned extends { projectId: string }>(
  owned: Owned | null,
  projectId: string,
  missing: string,
): Owned {
  if (owned?.projectId === projectId) return owned;
  throw new AppError("not-found", missing);
}
