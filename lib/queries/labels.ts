import type { z } from "zod";
import type {
  BatchEnd,
  ChangeQueueInput,
  CommitLabelInput,
  CommittedLabel,
  Disagreement,
  LabelItem,
  LabelPage,
  LabelView,
  QueueView,
  skipItemInput,
} from "@/lib/contracts/labels";
import { apiFetch } from "./api-fetch";
import { lazySchemas } from "./lazy-schemas";

const labels = lazySchemas(() => import("@/lib/contracts/labels"));

const queueAt = (queueId: string) => `/api/v1/queues/${encodeURIComponent(queueId)}`;
const labelAt = (labelId: string) => `/api/v1/labels/${encodeURIComponent(labelId)}`;

/** Reserves and gives the next item; null when nothing is left. @param not items that the page has in hand */
export async function fetchNextItem(
  queueId: string,
  not: readonly string[],
  signal?: AbortSignal,
): Promise<LabelItem | null> {
  const schema = labels(({ nextItemSchema }) => nextItemSchema);
  const request = { method: "POST" as const, body: { not }, schema, ...(signal ? { signal } : {}) };
  return (await apiFetch(`${queueAt(queueId)}/next`, request)).item;
}

/** @param key one a label: sent twice, it is committed once */
export function sendLabel(input: CommitLabelInput, key: string): Promise<CommittedLabel> {
  return apiFetch("/api/v1/labels", {
    method: "POST",
    body: input,
    idempotencyKey: key,
    schema: labels(({ committedLabelSchema }) => committedLabelSchema),
  });
}

export function takeBackLabel(labelId: string): Promise<LabelView> {
  return apiFetch(labelAt(labelId), { method: "DELETE", schema: labels(({ labelSchema }) => labelSchema) });
}

/** A reason given later, or another grade; gives back the label that counts now. */
export function amendLabel(
  labelId: string,
  changes: { value?: LabelView["value"]; reason?: string },
): Promise<LabelView> {
  return apiFetch(labelAt(labelId), {
    method: "PATCH",
    body: changes,
    schema: labels(({ labelSchema }) => labelSchema),
  });
}

export function skipItem(
  queueId: string,
  itemId: string,
  how: z.input<typeof skipItemInput>["how"],
): Promise<undefined> {
  return apiFetch(`${queueAt(queueId)}/items/${encodeURIComponent(itemId)}/skip`, {
    method: "POST",
    body: { how },
  });
}

/** Refused with `not-ready` while answers are left for this person. */
export function fetchBatchEnd(queueId: string): Promise<BatchEnd> {
  return apiFetch(`${queueAt(queueId)}/end`, { schema: labels(({ batchEndSchema }) => batchEndSchema) });
}

/** Who is asked, by how many, in which order; what is left out stays. */
export function changeQueue(queueId: string, changes: Partial<ChangeQueueInput>): Promise<QueueView> {
  return apiFetch(queueAt(queueId), {
    method: "PATCH",
    body: changes,
    schema: labels(({ queueViewSchema }) => queueViewSchema),
  });
}

const disagreementAt = (projectId: string, traceId: string) =>
  `/api/v1/projects/${encodeURIComponent(projectId)}/disagreements/${encodeURIComponent(traceId)}`;

type About = Pick<Disagreement, "traceId" | "judgeId">;

export function addNote(projectId: string, { traceId, judgeId }: About, text: string): Promise<undefined> {
  return apiFetch(`${disagreementAt(projectId, traceId)}/notes`, { method: "POST", body: { judgeId, text } });
}

/** The lead expert's decision. */
export function settleDisagreement(
  projectId: string,
  { traceId, judgeId }: About,
  decision: { value: LabelView["value"]; reason: string },
): Promise<undefined> {
  const body = { judgeId, ...decision };
  return apiFetch(`${disagreementAt(projectId, traceId)}/decision`, { method: "PUT", body });
}

export function reopenDisagreement(projectId: string, { traceId, judgeId }: About): Promise<undefined> {
  const query = { judge: judgeId };
  return apiFetch(`${disagreementAt(projectId, traceId)}/decision`, { method: "DELETE", query });
}

export interface NewQueue {
  assignees?: string[];
  askOrder?: QueueView["askOrder"];
  judgeId: string;
  size?: number;
  expertsPerItem?: number;
  traceIds?: string[];
  evaluationId?: string;
}

export function createQueue(projectId: string, input: NewQueue, idempotencyKey: string): Promise<QueueView> {
  const path = `/api/v1/projects/${encodeURIComponent(projectId)}/queues`;
  return apiFetch(path, {
    method: "POST",
    body: input,
    idempotencyKey,
    schema: labels(({ queueViewSchema }) => queueViewSchema),
  });
}

/** One's own labels, newest first. @param q words in what was asked or said; empty = all */
export function fetchMyLabels(projectId: string, q: string, cursor: string | null): Promise<LabelPage> {
  const path = `/api/v1/projects/${encodeURIComponent(projectId)}/labels`;
  return apiFetch(path, {
    query: { mine: true, q, cursor, limit: 50 },
    schema: labels(({ labelPageSchema }) => labelPageSchema),
  });
}
