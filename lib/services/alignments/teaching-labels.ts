import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { Label } from "@/db/repos/labels.repo";
import type { Trace } from "@/db/repos/traces.repo";
import type { OptimizationRecord } from "@/lib/contracts/records";
import {
  formatValue,
  renderExpectations,
  renderInputs,
  renderSteps,
  type SkippedLabel,
  type TeachingLabel,
} from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";

/** Labels as the judge core takes them, and those that cannot be used, with why. */
export interface TeachingSet {
  labels: TeachingLabel[];
  skipped: SkippedLabel[];
}

type Repos = Pick<ServiceDeps, "repos">;

/** The labels that count now, of practice records only. */
export function teachingSetOf(deps: Repos, judge: Judge): TeachingSet {
  return toTeachingSet(deps, judge, deps.repos.labels.listTeaching(judge.projectId, judge.id));
}

/** Labels that a teaching has pinned; of practice records only, also when a record has changed since. */
export function pinnedTeachingSet(deps: Repos, judge: Judge, labelIds: readonly string[]): TeachingSet {
  const byId = new Map(deps.repos.labels.byIds(labelIds).map((label) => [label.id, label]));
  return toTeachingSet(
    deps,
    judge,
    labelIds.flatMap((id) => byId.get(id) ?? []),
  );
}

function toTeachingSet({ repos }: Repos, judge: Judge, labels: readonly Label[]): TeachingSet {
  const recordIds = [...new Set(labels.map(({ recordId }) => recordId))];
  // This method cannot return a sealed record: what is sealed never teaches (architecture.md, Sets).
  const records = new Map(
    repos.records.findForEngine(judge.projectId, recordIds).map((record) => [record.id, record]),
  );
  const traceIds = [...new Set(labels.map(({ traceId }) => traceId))];
  const traces = new Map(repos.traces.byIds(traceIds).map((trace) => [trace.id, trace]));
  const decisions = repos.settlements.ofJudge(judge.id);
  const set: TeachingSet = { labels: [], skipped: [] };
  for (const label of labels) {
    const decision = decisions.get(label.traceId);
    const record = records.get(label.recordId);
    const trace = traces.get(label.traceId);
    const skip = (why: string): void => void set.skipped.push({ labelId: label.id, why });
    if (!record)
      skip("Its record is not a practice record: it is sealed, archived, or was given no set yet.");
    else if (!trace) skip("The answer that it grades is gone.");
    else if (decision && decision.value !== label.value)
      skip(`The lead expert settled this answer as ${formatValue(judge.scale, decision.value)}.`);
    else set.labels.push(teachingLabel(label, trace, textsAtTrace({ repos }, record, trace)));
  }
  return set;
}

type RecordTexts = Pick<OptimizationRecord, "inputs" | "expectations" | "tags">;

/** The record as it was when the answer was given: that is what the expert graded. */
function textsAtTrace({ repos }: Repos, record: OptimizationRecord, trace: Trace): RecordTexts {
  if (trace.recordRevision === record.revision) return record;
  const then = repos.records.revisions(record.id).find(({ revision }) => revision === trace.recordRevision);
  return then ? { inputs: then.inputs, expectations: then.expectations, tags: record.tags } : record;
}

function teachingLabel(
  label: Label,
  trace: Trace,
  { inputs, expectations, tags }: RecordTexts,
): TeachingLabel {
  return {
    labelId: label.id,
    traceId: trace.id,
    recordId: label.recordId,
    expertId: label.author.id,
    value: label.value,
    reason: label.reason,
    inputs: renderInputs(inputs),
    outputs: trace.output,
    expectations: renderExpectations(expectations),
    tags,
    steps: trace.steps.length === 0 ? null : renderSteps(trace.steps),
  };
}
