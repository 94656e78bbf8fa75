import "server-only";
import type { Queue, QueueItem } from "@/db/repos/queues.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { LabelItem } from "@/lib/contracts/labels";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { ServiceDeps } from "../service-deps";

/** What the label page shows of one item: the question as it was asked, and what a good answer does as it is now. */
export function labelItemOf(
  { repos }: Pick<ServiceDeps, "repos">,
  queue: Queue,
  item: QueueItem,
  userId: string,
  place: { position: number; total: number },
): LabelItem {
  const trace = repos.traces.byId(item.traceId);
  const record = trace ? repos.records.byId(trace.recordId) : null;
  if (!trace || !record)
    throw new Error(`the answer ${item.traceId} of a queue, or its record, is not there`);
  const { messages, fields } = inputsAsked({ repos }, trace, record);
  const { expected_response, facts, mustNever } = record.expectations;
  const mine = repos.labels.mine(trace.id, queue.judgeId, userId);
  return {
    itemId: item.id,
    queueId: queue.id,
    traceId: trace.id,
    recordId: record.id,
    ...place,
    provenance: trace.provenance,
    messages,
    fields,
    answer: trace.output,
    steps: trace.steps,
    expectations: { expected_response, facts, mustNever },
    mine,
  };
}

/** The record may have been mended since; the answer belongs to the words that were asked. */
export function inputsAsked(
  { repos }: Pick<ServiceDeps, "repos">,
  trace: Pick<TraceWithVerdicts, "recordRevision">,
  record: OptimizationRecord,
): OptimizationRecord["inputs"] {
  if (trace.recordRevision === record.revision) return record.inputs;
  const asked = repos.records.revisions(record.id).find(({ revision }) => revision === trace.recordRevision);
  return asked?.inputs ?? record.inputs;
}
