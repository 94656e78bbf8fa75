import "server-only";
import type { z } from "zod";
import type { Queue, SkipHow } from "@/db/repos/queues.repo";
import { AppError } from "@/lib/contracts/errors";
import type {
  BatchEnd,
  ChangeQueueInput,
  GradeChoice,
  LabelItem,
  LabelSheet,
  nextItemInput,
  QueueView,
  skipItemInput,
  Unjudged,
} from "@/lib/contracts/labels";
import { type Actor, type Permission, permissionsByRole } from "@/lib/contracts/permissions";
import { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import { audit } from "../audit";
import { actorId, assertWithinLink, authorize, can } from "../authorize";
import { judgeInUse } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";
import { batchEndOf } from "./batch-end";
import { createOrderWaiting, type OrderWaiting } from "./kept-order";
import { labelItemOf } from "./label-item";
import { gradeChoicesOf, labelSheetOf } from "./label-sheet";
import { countFree, makeQueue } from "./make-queue";

/** How long an item is kept for whoever has it in front of them. A late commit is accepted all the same. */
export const RESERVATION_MS = 30 * 60_000;

export interface CreateQueueInput {
  judgeId: string;
  size: number;
  expertsPerItem: number;
  traceIds?: string[] | undefined;
  /** Answers of this round only. */
  evaluationId?: string | undefined;
  /** Who is asked; left out = everybody who may label. */
  assignees?: string[] | undefined;
  askOrder?: Queue["askOrder"] | undefined;
}

/** Queues of answers to label: who is asked what, in which order, and what they see at the end. */
export function createQueuesService(deps: ServiceDeps, orderWaiting = createOrderWaiting(deps)) {
  const { repos, now } = deps;
  const find = (actor: Actor, permission: Permission, queueId: string) =>
    findQueue(deps, actor, permission, queueId);

  return {
    /** Newest first, with own and team progress. */
    list(actor: Actor, projectId: string): QueueView[] {
      authorize(actor, "project:read", projectId);
      return repos.queues.list(projectId).map((queue) => viewOf(deps, queue, actorId(actor)));
    },

    get: (actor: Actor, queueId: string): QueueView =>
      viewOf(deps, find(actor, "project:read", queueId), actorId(actor)),

    create: (actor: Actor, projectId: string, input: CreateQueueInput): QueueView =>
      create(deps, actor, projectId, input),

    /** Changes who is asked, by how many, in which order; or closes the queue. Labels that were given stay. */
    change: (actor: Actor, queueId: string, changes: ChangeQueueInput): QueueView =>
      changeQueue(deps, actor, find(actor, "answers:create", queueId), changes),

    /** People of a project who may label, by name. */
    people(actor: Actor, projectId: string): { id: string; name: string }[] {
      authorize(actor, "project:read", projectId);
      return labellersOf(deps, projectId).map(({ userId, name }) => ({ id: userId, name }));
    },

    /** The grades of a judge, worst first, with what they mean. */
    grades(actor: Actor, judgeId: string): GradeChoice[] {
      const judge = repos.judges.byId(judgeId);
      if (!judge) throw new AppError("not-found", "There is no such judge.");
      authorize(actor, "project:read", judge.projectId);
      return gradeChoicesOf(judge, repos.judges.inUse(judgeId) ?? repos.judges.draft(judgeId));
    },

    /** How many answers a new queue could still ask, and for which judge. */
    free(actor: Actor, projectId: string): { free: number; judgeId: string | null } {
      authorize(actor, "project:read", projectId);
      const judgeId = judgeInUse(deps, projectId)?.judge.id ?? null;
      return { judgeId, free: judgeId === null ? 0 : countFree(deps, projectId, judgeId) };
    },

    /** The judge's question as the label page asks it. */
    sheet(actor: Actor, queueId: string): LabelSheet {
      const queue = find(actor, "project:read", queueId);
      const { judge, version } = judgeOf(deps, queue);
      return labelSheetOf(deps, viewOf(deps, queue, actorId(actor)), judge, version);
    },

    /**
     * Reserves and gives the next item: what the person holds, then what teaches most, then what they put off.
     * `not` and `after` are in hand already. Null when nothing is left.
     */
    next(actor: Actor, queueId: string, input: z.output<typeof nextItemInput>): LabelItem | null {
      const queue = find(actor, "labels:write", queueId);
      return repos.transaction(() => reserveNext(deps, orderWaiting, queue, personOf(actor), input));
    },

    /** Later, or can't judge with why. *Later* after a *can't judge* brings the item back. */
    skip: (actor: Actor, queueId: string, itemId: string, { how }: z.output<typeof skipItemInput>): void =>
      skip(deps, actor, find(actor, "labels:write", queueId), itemId, how),

    /** The judge's verdicts come after the batch, never before (ux.md, rule 12): throws `not-ready` while items are left. */
    end(actor: Actor, queueId: string): BatchEnd {
      const queue = find(actor, "labels:write", queueId);
      const userId = personOf(actor);
      const left = repos.queues.progress(queue.id, userId, now()).leftForMe;
      if (left > 0) {
        const answers = left === 1 ? "One answer is" : `${left} answers are`;
        throw new AppError(
          "not-ready",
          `${answers} left for you in this batch. Where the judge and you differ is shown when it is done.`,
        );
      }
      return batchEndOf(deps, {
        queue,
        ...judgeOf(deps, queue),
        userId,
        mayTeach: can(actor, "judges:draft", queue.projectId),
      });
    },

    /** Answers that somebody could not judge, newest queue first. */
    unjudged: (actor: Actor, projectId: string): Unjudged[] => unjudged(deps, actor, projectId),
  };
}

function findQueue({ repos }: ServiceDeps, actor: Actor, permission: Permission, queueId: string): Queue {
  const queue = repos.queues.byId(queueId);
  if (!queue) throw new AppError("not-found", "There is no such queue of answers.");
  authorize(actor, permission, queue.projectId);
  assertWithinLink(actor, queue.id);
  return queue;
}

/** Grades are given by people. */
function personOf(actor: Actor): string {
  if (actor.kind === "user") return actor.userId;
  throw new AppError("forbidden", "Queues are for people. Sign in to label answers.");
}

function judgeOf({ repos }: ServiceDeps, queue: Queue) {
  const judge = repos.judges.byId(queue.judgeId);
  if (!judge) throw new Error(`the judge of queue ${queue.id} does not exist`);
  return { judge, version: repos.judges.inUse(judge.id) ?? repos.judges.draft(judge.id) };
}

function viewOf({ repos, now }: ServiceDeps, queue: Queue, userId: string): QueueView {
  const { id, projectId, judgeId, name, expertsPerItem, createdAt } = queue;
  return {
    id,
    projectId,
    judgeId,
    name,
    expertsPerItem,
    ...repos.queues.progress(id, userId, now()),
    assignees: repos.queues.assignees(id),
    askOrder: queue.askOrder,
    isClosed: queue.closedAt !== null,
    createdAt,
  };
}

function create(deps: ServiceDeps, actor: Actor, projectId: string, input: CreateQueueInput): QueueView {
  authorize(actor, "answers:create", projectId);
  const { repos } = deps;
  const { judgeId, size, expertsPerItem, evaluationId = null, traceIds } = input;
  if (repos.judges.byId(judgeId)?.projectId !== projectId)
    throw new AppError("not-found", "There is no such judge in this project.");
  if (evaluationId !== null && repos.evaluations.byId(evaluationId)?.projectId !== projectId) {
    throw new AppError("not-found", "There is no such round of answers in this project.");
  }
  return repos.transaction(() => {
    const count = Math.min(traceIds?.length ?? size, size);
    const name = `${count} ${count === 1 ? "answer" : "answers"} to label`;
    const plan = { projectId, judgeId, evaluationId, size, expertsPerItem, name, actorId: actorId(actor) };
    const queue = makeQueue(deps, { ...plan, traceIds: traceIds?.slice(0, size) ?? null });
    if (!queue)
      throw new AppError(
        "not-ready",
        "Every answer has a label or waits in a queue already. Get answers first, then label them.",
      );
    if (input.assignees && input.assignees.length > 0) assign(deps, queue, input.assignees);
    if (input.askOrder) repos.queues.update(queue.id, { askOrder: input.askOrder });
    audit(deps, actor, {
      projectId,
      action: "queue-made",
      subjectType: "queue",
      subjectId: queue.id,
      details: { size: count },
    });
    return viewOf(deps, repos.queues.byId(queue.id) ?? queue, actorId(actor));
  });
}

function changeQueue(deps: ServiceDeps, actor: Actor, queue: Queue, changes: ChangeQueueInput): QueueView {
  const { repos, now } = deps;
  const { assignees, closed, ...rest } = changes;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return repos.transaction(() => {
    if (assignees) assign(deps, queue, assignees);
    const closedAt = closed === undefined ? {} : { closedAt: closed ? now() : null };
    repos.queues.update(queue.id, { ...given, ...closedAt });
    const details = {
      ...given,
      ...(assignees ? { assignees } : {}),
      ...(closed === undefined ? {} : { closed }),
    };
    const subject = { projectId: queue.projectId, subjectType: "queue", subjectId: queue.id };
    audit(deps, actor, { ...subject, action: "queue-changed", details });
    return viewOf(deps, repos.queues.byId(queue.id) ?? queue, actorId(actor));
  });
}

function labellersOf({ repos }: Pick<ServiceDeps, "repos">, projectId: string) {
  return repos.members.list(projectId).filter(({ role }) => permissionsByRole[role].includes("labels:write"));
}

/** Only people of the project can be asked. */
function assign(
  { repos, now }: ServiceDeps,
  { id, projectId }: Pick<Queue, "id" | "projectId">,
  userIds: readonly string[],
): void {
  const may = new Set(labellersOf({ repos }, projectId).map(({ userId }) => userId));
  const strangers = userIds.filter((userId) => !may.has(userId));
  if (strangers.length > 0) {
    const detail = `${strangers.length} of the ${userIds.length} people may not label in this project. Give them the role of an expert first. Nothing was changed.`;
    throw new AppError("invalid-input", detail, { errors: [{ path: "assignees", message: detail }] });
  }
  repos.queues.assign(id, userIds, now());
}

function skip(deps: ServiceDeps, actor: Actor, queue: Queue, itemId: string, how: SkipHow): void {
  const { repos, now } = deps;
  const item = repos.queues.itemById(itemId);
  if (item?.queueId !== queue.id)
    throw new AppError("not-found", "This answer is not in the queue any more. Nothing was changed.");
  repos.transaction(() => {
    repos.queues.skip(itemId, personOf(actor), how, now());
    const subject = { projectId: queue.projectId, subjectType: "queue-item", subjectId: itemId };
    audit(deps, actor, { ...subject, action: "label-skipped", details: { how, traceId: item.traceId } });
  });
}

function reserveNext(
  deps: ServiceDeps,
  orderWaiting: OrderWaiting,
  queue: Queue,
  userId: string,
  { after, not }: z.output<typeof nextItemInput>,
): LabelItem | null {
  const { repos, now } = deps;
  const at = now();
  const inHand = new Set(after === null ? not : [...not, after]);
  const open = repos.queues.openItems(queue.id, userId, at);
  const rest = open.filter(({ id }) => !inHand.has(id));
  const candidates = [
    ...rest.filter(({ heldByMe }) => heldByMe),
    ...orderWaiting(
      queue,
      rest.filter(({ heldByMe, putOff }) => !heldByMe && !putOff),
    ),
    ...rest.filter(({ heldByMe, putOff }) => !heldByMe && putOff),
  ];
  const doneByMe = repos.queues.doneBy(queue.id, userId);
  const place = { position: doneByMe + open.length - rest.length + 1, total: doneByMe + open.length };
  for (const item of candidates) {
    if (repos.queues.reserve(item.id, userId, at + RESERVATION_MS, at))
      return labelItemOf(deps, queue, item, userId, place);
  }
  return null;
}

function unjudged({ repos }: ServiceDeps, actor: Actor, projectId: string): Unjudged[] {
  authorize(actor, "project:read", projectId);
  return repos.queues.list(projectId).flatMap((queue) => {
    const skips = repos.queues.skips(queue.id).flatMap((skip) => {
      const why = cannotJudgeReasons.find((reason) => reason === skip.how);
      return why ? [{ ...skip, why }] : [];
    });
    if (skips.length === 0) return [];
    const traceIds = new Map(repos.queues.items(queue.id).map(({ id, traceId }) => [id, traceId]));
    const traces = new Map(repos.traces.byIds([...traceIds.values()]).map((trace) => [trace.id, trace]));
    const names = new Map(
      repos.users.byIds(skips.map(({ userId }) => userId)).map(({ id, name }) => [id, name]),
    );
    return skips.flatMap(({ itemId, userId, why }) => {
      const trace = traces.get(traceIds.get(itemId) ?? "");
      if (!trace) return [];
      const isMine = userId === actorId(actor);
      return [
        {
          itemId,
          queueId: queue.id,
          recordId: trace.recordId,
          question: trace.question,
          why,
          by: names.get(userId) ?? "somebody",
          isMine,
        },
      ];
    });
  });
}
