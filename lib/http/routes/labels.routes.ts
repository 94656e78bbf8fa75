import { z } from "zod";
import {
  addNoteInput,
  askOrders,
  batchEndSchema,
  changeQueueInput,
  commitLabelInput,
  committedLabelSchema,
  disagreementSchema,
  expertAgreementSchema,
  labelItemSchema,
  labelSchema,
  listedLabelSchema,
  nextItemInput,
  queueViewSchema,
  settleInput,
  skipItemInput,
} from "@/lib/contracts/labels";
import { defineRoute } from "../define-route";

export const listQueues = defineRoute({
  id: "queues.list",
  method: "GET",
  path: "/api/v1/projects/:project/queues",
  summary: "Labelling queues with own and team progress.",
  permission: "project:read",
  response: z.object({ items: z.array(queueViewSchema) }),
});

export const createQueue = defineRoute({
  id: "queues.create",
  method: "POST",
  path: "/api/v1/projects/:project/queues",
  summary: "Makes a queue of answers (practice records only) for a judge's question.",
  permission: "answers:create",
  body: z.object({
    judgeId: z.string(),
    size: z.number().int().min(1).max(200).default(12),
    expertsPerItem: z.number().int().min(1).max(10).default(1),
    /** Exactly these, in this order; left out: those that teach most. */
    traceIds: z.array(z.string()).max(200).optional(),
    /** Only answers of this round. */
    evaluationId: z.string().optional(),
    /** Ids of people; left out: everybody who may label. */
    assignees: z.array(z.string()).max(200).optional(),
    askOrder: z.enum(askOrders).optional(),
  }),
  response: queueViewSchema,
  status: 201,
  idempotent: true,
});

export const changeQueue = defineRoute({
  id: "queues.change",
  method: "PATCH",
  path: "/api/v1/queues/:queue",
  summary: "Changes who is asked, by how many, in which order; or closes the queue. Labels stay.",
  permission: "answers:create",
  body: changeQueueInput,
  response: queueViewSchema,
});

export const listDisagreements = defineRoute({
  id: "disagreements.list",
  method: "GET",
  path: "/api/v1/projects/:project/disagreements",
  summary: "Answers on which experts differ, with what was said and decided; open ones first.",
  permission: "project:read",
  response: z.object({ items: z.array(disagreementSchema), agreement: expertAgreementSchema }),
});

export const addDisagreementNote = defineRoute({
  id: "disagreements.note",
  method: "POST",
  path: "/api/v1/projects/:project/disagreements/:trace/notes",
  summary: "Says something about an answer on which experts differ.",
  permission: "labels:write",
  body: addNoteInput,
  status: 201,
});

export const settleDisagreement = defineRoute({
  id: "disagreements.settle",
  method: "PUT",
  path: "/api/v1/projects/:project/disagreements/:trace/decision",
  summary: "The lead expert's decision: the judge is taught with the labels that say the same.",
  permission: "judges:use",
  body: settleInput,
});

export const reopenDisagreement = defineRoute({
  id: "disagreements.reopen",
  method: "DELETE",
  path: "/api/v1/projects/:project/disagreements/:trace/decision",
  summary: "Withdraws a decision: every label counts again.",
  permission: "judges:use",
  query: z.object({ judge: z.string() }),
});

export const nextItem = defineRoute({
  id: "queues.next",
  method: "POST",
  path: "/api/v1/queues/:queue/next",
  summary: "Reserves and gives the next item for the caller; null when none is left.",
  permission: "labels:write",
  personalLink: true,
  body: nextItemInput,
  response: z.object({ item: labelItemSchema.nullable() }),
});

export const skipItem = defineRoute({
  id: "queues.skip",
  method: "POST",
  path: "/api/v1/queues/:queue/items/:item/skip",
  summary: "Later, or can't judge (with why).",
  permission: "labels:write",
  personalLink: true,
  body: skipItemInput,
});

export const endOfBatch = defineRoute({
  id: "queues.end",
  method: "GET",
  path: "/api/v1/queues/:queue/end",
  summary: "After the batch: how many, how long, and where expert and judge differ.",
  permission: "labels:write",
  personalLink: true,
  response: batchEndSchema,
});

export const commitLabel = defineRoute({
  id: "labels.commit",
  method: "POST",
  path: "/api/v1/labels",
  summary: "Commits a label. Always accepted, also late; an earlier label by the same person is superseded.",
  permission: "labels:write",
  personalLink: true,
  scope: "labels:write",
  body: commitLabelInput,
  response: committedLabelSchema,
  status: 201,
  idempotent: true,
});

export const undoLabel = defineRoute({
  id: "labels.undo",
  method: "DELETE",
  path: "/api/v1/labels/:label",
  summary: "Takes one's own label back; history keeps it.",
  permission: "labels:write",
  personalLink: true,
  response: labelSchema,
});

export const addReason = defineRoute({
  id: "labels.reason",
  method: "PATCH",
  path: "/api/v1/labels/:label",
  summary: "Gives the reason (or a new value) later; supersedes one's own label.",
  permission: "labels:write",
  personalLink: true,
  body: z.object({
    value: z.union([z.number(), z.boolean(), z.string()]).optional(),
    reason: z.string().max(10_000).optional(),
  }),
  response: labelSchema,
});

export const listLabels = defineRoute({
  id: "labels.list",
  method: "GET",
  path: "/api/v1/projects/:project/labels",
  summary: "Labels that count, newest first; `mine=true` for one's own.",
  permission: "project:read",
  query: z.object({
    judge: z.string().optional(),
    mine: z.stringbool().default(false),
    /** Words in the question, the reason or the better answer. */
    q: z.string().max(500).optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: z.object({
    items: z.array(listedLabelSchema),
    nextCursor: z.string().nullable(),
  }),
});

export const reasonChips = defineRoute({
  id: "labels.chips",
  method: "GET",
  path: "/api/v1/projects/:project/reason-chips",
  summary: "Short reasons given before in this project, most used first.",
  permission: "labels:write",
  personalLink: true,
  query: z.object({ judge: z.string() }),
  response: z.object({ items: z.array(z.string()) }),
});
