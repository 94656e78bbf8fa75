import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Judge } from "@/db/repos/judges.repo";
import { questionOf } from "@/db/repos/record-text";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { canonicalValue, formatScale, isOnScale, type Scale, type ScaleValue } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";
import type { RemoteFeedback, RemoteTrace } from "./import-content";
import { leaveOut, type Tally } from "./import-tally";

type Deps = Pick<ServiceDeps, "repos" | "now" | "newId">;

interface LabelPlan {
  feedback: RemoteFeedback;
  judge: Judge;
  value: ScaleValue;
}
interface TracePlan {
  remote: RemoteTrace;
  /** Null: it is here already. */
  isFresh: boolean;
  inputsHash: string;
  labels: LabelPlan[];
}

const TRACES_A_WRITE = 50;

/**
 * Decides on each trace and on what people said of it. The question must be a record; a grade becomes a label of the
 * judge that has its name, if it is on that judge's scale. Every grade counts, not the newest alone.
 * @param hashes the record's inputs' hash by the trace's id there; one that is missing could not be a record
 */
export function planTraces(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  traces: readonly RemoteTrace[],
  hashes: ReadonlyMap<string, string>,
  tally: Tally,
): TracePlan[] {
  const { repos } = deps;
  const judges = new Map(repos.judges.list(projectId).map((judge) => [keyOf(judge.name), judge]));
  const known = repos.mlflow.items(
    projectId,
    "label",
    traces.flatMap(({ feedback }) => feedback.map(({ id }) => id)),
  );
  return traces.flatMap((remote) => {
    const inputsHash = hashes.get(remote.id);
    if (inputsHash === undefined) {
      leaveOut(tally, "traces", `Trace ${remote.id}: what was asked cannot be a record here.`);
      for (const _ of remote.feedback) tally.counts.labels.leftOut += 1;
      return [];
    }
    const isFresh = repos.traces.byExternalId(projectId, externalIdOf(remote)) === null;
    tally.counts.traces[isFresh ? "fresh" : "same"] += 1;
    const labels = remote.feedback.flatMap((feedback) => {
      const before = known.get(feedback.id);
      if (before?.hash === feedback.hash) {
        tally.counts.labels.same += 1;
        return [];
      }
      const plan = planLabel(remote, feedback, judges);
      if (typeof plan === "string") {
        leaveOut(tally, "labels", plan);
        return [];
      }
      tally.counts.labels[before ? "changed" : "fresh"] += 1;
      return [plan];
    });
    return [{ remote, isFresh, inputsHash, labels }];
  });
}

function planLabel(
  { cause }: RemoteTrace,
  feedback: RemoteFeedback,
  judges: ReadonlyMap<string, Judge>,
): LabelPlan | string {
  const judge = judges.get(keyOf(feedback.name));
  if (!judge) return `Grades named "${feedback.name}": no judge of this project has that name.`;
  if (cause !== null)
    return "A grade of a trace without an answer: there is nothing here that it could grade.";
  const value = onScale(judge.scale, feedback.value);
  if (value === null)
    return `A grade ${JSON.stringify(feedback.value)} of "${judge.name}" by ${feedback.by}: its grades are ${formatScale(judge.scale)}.`;
  return { feedback, judge, value };
}

/** MLflow pairs by the name, trimmed and in any case. */
function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

/** The grade as the scale has it: MLflow widens numbers and lets people write yes for true. Null = it is none. */
function onScale(scale: Scale, given: unknown): ScaleValue | null {
  const value = readAs(scale, given);
  return isOnScale(scale, value) ? canonicalValue(scale, value) : null;
}

function readAs(scale: Scale, given: unknown): unknown {
  const text = typeof given === "string" ? given.trim() : null;
  if (text === null) return given;
  switch (scale.kind) {
    case "numeric":
      return text === "" ? text : Number(text);
    case "boolean": {
      const word = text.toLowerCase();
      if ([scale.trueLabel.toLowerCase(), "yes", "true", "pass"].includes(word)) return true;
      return [scale.falseLabel.toLowerCase(), "no", "false", "fail"].includes(word) ? false : text;
    }
    case "categories":
      return scale.values.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text;
  }
}

/** Writes them in small transactions; between two others are served. */
export async function applyTraces(
  deps: Deps,
  projectId: string,
  plans: readonly TracePlan[],
  whenWritten: (done: number) => void,
): Promise<void> {
  for (let start = 0; start < plans.length; start += TRACES_A_WRITE) {
    deps.repos.transaction(() => {
      for (const plan of plans.slice(start, start + TRACES_A_WRITE)) applyTrace(deps, projectId, plan);
    });
    whenWritten(Math.min(plans.length, start + TRACES_A_WRITE));
    await nextTurn();
  }
}

function applyTrace(deps: Deps, projectId: string, { remote, inputsHash, labels }: TracePlan): void {
  const { repos, now, newId } = deps;
  const found = repos.records.byInputsHashes(projectId, [inputsHash]).map(({ record }) => record);
  const record = found.find(({ archived }) => !archived) ?? found[0];
  if (!record) throw new Error("A record of this import is not there, though it was planned.");
  const trace =
    repos.traces.byExternalId(projectId, externalIdOf(remote)) ??
    repos.traces.insert(toTrace(newId("trc"), record, remote));
  for (const { feedback, judge, value } of labels) {
    const authorId = authorOf(deps, projectId, feedback.by);
    const label = repos.labels.commit({
      id: newId("lab"),
      projectId,
      traceId: trace.id,
      recordId: record.id,
      judgeId: judge.id,
      judgeVersionId: null,
      queueId: null,
      authorId,
      value,
      reason: feedback.rationale.trim(),
      betterAnswer: null,
      flagged: false,
      purpose: record.set === "sealed" ? "checking" : "teaching",
      createdAt: now(),
    });
    const item = { projectId, kind: "label" as const, remoteId: feedback.id, localId: label.id };
    repos.mlflow.noteItem({ ...item, hash: feedback.hash, at: now() });
  }
}

function toTrace(id: string, record: OptimizationRecord, remote: RemoteTrace) {
  return {
    id,
    projectId: record.projectId,
    recordId: record.id,
    recordRevision: record.revision,
    evaluationId: null,
    promptVersionId: null,
    targetVersionId: null,
    externalId: externalIdOf(remote),
    state: remote.cause === null ? ("OK" as const) : ("ERROR" as const),
    question: questionOf(record.inputs),
    output: remote.output,
    cause: remote.cause,
    steps: remote.steps,
    provenance: "Real conversation, from MLflow · not live",
    outputKey: null,
    simulated: false,
    latencyMs: remote.latencyMs,
    costUsd: null,
    createdAt: remote.at,
  };
}

function externalIdOf({ id }: RemoteTrace): string {
  return `mlflow:${id}`;
}

/** A member of this project who has that address; else the name that they have there. */
function authorOf({ repos }: Deps, projectId: string, by: string): string {
  const user = by.includes("@") ? repos.users.byEmail(by) : null;
  return user && repos.members.roleOf(projectId, user.id) !== null ? user.id : `mlflow:${by}`;
}
