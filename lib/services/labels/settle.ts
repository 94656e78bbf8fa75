import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/contracts/errors";
import type { addNoteInput, settleInput } from "@/lib/contracts/labels";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { blindTraceIds } from "./blind";
import { checkedValue } from "./check-label";
import { commitLabel } from "./commit-label";

/** Says something about an answer on which experts differ. Whoever still has to label it themselves waits with it. */
export function addNote(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  traceId: string,
  { judgeId, text }: z.output<typeof addNoteInput>,
): void {
  check(deps, actor, "labels:write", projectId, traceId, judgeId);
  if (blindTraceIds(deps, actor, projectId).has(traceId))
    throw new AppError(
      "not-ready",
      "Label this answer first: what others say of it is shown after that. Nothing was saved.",
    );
  const { repos, now, newId } = deps;
  const id = newId("note");
  repos.transaction(() => {
    repos.settlements.addNote({
      id,
      projectId,
      traceId,
      judgeId,
      text,
      createdBy: actorId(actor),
      createdAt: now(),
    });
    audit(deps, actor, {
      ...subject(projectId, traceId),
      action: "disagreement-noted",
      details: { noteId: id },
    });
  });
}

/**
 * The lead expert's decision: it becomes their own label of the answer, and from now on the judge is taught with the
 * labels that say the same. The others stay where they are, and count again when the decision is withdrawn.
 */
export function settle(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  traceId: string,
  { judgeId, value, reason }: z.output<typeof settleInput>,
): void {
  const judge = check(deps, actor, "judges:use", projectId, traceId, judgeId);
  const decided = checkedValue(judge, { value, reason, flagged: false });
  const { repos, now, newId } = deps;
  const createdBy = actorId(actor);
  repos.transaction(() => {
    commitLabel(deps, actor, {
      traceId,
      judgeId,
      queueId: null,
      value,
      reason,
      betterAnswer: null,
      flagged: false,
    });
    repos.settlements.settle({
      id: newId("set"),
      projectId,
      traceId,
      judgeId,
      value: decided,
      reason,
      createdBy,
      createdAt: now(),
    });
    audit(deps, actor, {
      ...subject(projectId, traceId),
      action: "disagreement-settled",
      details: { value: decided },
    });
  });
}

/** Opens a settled answer again. */
export function unsettle(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  traceId: string,
  judgeId: string,
): void {
  check(deps, actor, "judges:use", projectId, traceId, judgeId);
  const { repos, now } = deps;
  repos.transaction(() => {
    if (!repos.settlements.withdraw(judgeId, traceId, now()))
      throw new AppError(
        "conflict",
        "Nobody has settled this answer, or it was opened again already. Nothing was changed.",
      );
    audit(deps, actor, { ...subject(projectId, traceId), action: "disagreement-reopened" });
  });
}

function check(
  { repos }: ServiceDeps,
  actor: Actor,
  permission: Permission,
  projectId: string,
  traceId: string,
  judgeId: string,
) {
  authorize(actor, permission, projectId);
  if (repos.traces.byId(traceId)?.projectId !== projectId)
    throw new AppError("not-found", "There is no such answer in this project.");
  const judge = repos.judges.byId(judgeId);
  if (judge?.projectId !== projectId)
    throw new AppError("not-found", "There is no such judge in this project.");
  return judge;
}

function subject(projectId: string, traceId: string) {
  return { projectId, subjectType: "trace", subjectId: traceId };
}
