import "server-only";
import type { Queue } from "@/db/repos/queues.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import { AppError } from "@/lib/contracts/errors";
import { type JudgeInUse, judgeInUse, lineBetween } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";
import { knownOfTraces } from "./known-of-traces";
import { byTeaching } from "./teaching-order";

const NEWEST_LOOKED_AT = 1_000;

export interface QueuePlan {
  projectId: string;
  judgeId: string;
  /** The round whose answers are asked; null = the newest answers of any round. */
  evaluationId: string | null;
  /** Exactly these answers, in this order; null = those that teach most. */
  traceIds: readonly string[] | null;
  size: number;
  expertsPerItem: number;
  name: string;
  actorId: string;
}

/**
 * A queue of answers to practice records. Without a list it takes answers that nobody has labelled and that wait in
 * no other queue, those that teach most first; null when there are none. Inside the caller's transaction.
 */
export function makeQueue(deps: Pick<ServiceDeps, "repos" | "now" | "newId">, plan: QueuePlan): Queue | null {
  const { repos, now, newId } = deps;
  const chosen =
    plan.traceIds === null ? chooseTraces(deps, plan) : listedTraces(deps, plan.projectId, plan.traceIds);
  if (chosen.length === 0) return null;
  const { projectId, judgeId, evaluationId, name, expertsPerItem, actorId } = plan;
  return repos.queues.insert(
    {
      id: newId("que"),
      projectId,
      judgeId,
      evaluationId,
      name,
      purpose: "teaching",
      expertsPerItem,
      actorId,
      createdAt: now(),
    },
    chosen.map(({ id }) => ({ id: newId("itm"), traceId: id })),
  );
}

/** How many answers a new queue could still ask. */
export function countFree({ repos }: Pick<ServiceDeps, "repos">, projectId: string, judgeId: string): number {
  return repos.traces.freeIds(projectId, judgeId, NEWEST_LOOKED_AT).length;
}

/** Answers that could still be asked in a new queue, the newest of each record. */
function freeTraces(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  judgeId: string,
  evaluationId: string | null,
): TraceWithVerdicts[] {
  const { repos } = deps;
  if (evaluationId === null) {
    const ids = repos.traces.freeIds(projectId, judgeId, NEWEST_LOOKED_AT);
    const byId = new Map(repos.traces.byIds(ids).map((trace) => [trace.id, trace]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
  const asked = new Set([
    ...repos.labels.list(projectId, { judgeId }).map(({ traceId }) => traceId),
    ...repos.queues
      .list(projectId)
      .filter((queue) => queue.judgeId === judgeId && queue.closedAt === null)
      .flatMap(({ id }) => repos.queues.items(id).map(({ traceId }) => traceId)),
  ]);
  const seen = new Set<string>();
  const newest = repos.traces
    .listByEvaluation(evaluationId)
    .reverse()
    .filter((trace) => {
      if (trace.state !== "OK" || seen.has(trace.recordId)) return false;
      seen.add(trace.recordId);
      return !asked.has(trace.id);
    });
  return practiceOnly(deps, projectId, newest);
}

function chooseTraces(deps: Pick<ServiceDeps, "repos">, plan: QueuePlan): TraceWithVerdicts[] {
  const free = freeTraces(deps, plan.projectId, plan.judgeId, plan.evaluationId);
  return orderByTeaching(deps, plan.projectId, judgeInUse(deps, plan.projectId), free).slice(0, plan.size);
}

/** Those that teach most first; without a judge in use as they came. */
export function orderByTeaching<Trace extends { id: string; recordId: string }>(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  inUse: JudgeInUse | null,
  traces: readonly Trace[],
): Trace[] {
  if (!inUse) return [...traces];
  const factsOf = knownOfTraces(
    deps,
    projectId,
    inUse,
    traces.map(({ id }) => id),
  );
  return byTeaching(
    traces,
    factsOf,
    lineBetween({ scale: inUse.judge.scale, goodEnough: inUse.version.goodEnough }),
  );
}

/** Queues for teaching hold practice records only (ux.md, rule 1). */
function listedTraces(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  traceIds: readonly string[],
): TraceWithVerdicts[] {
  const byId = new Map(deps.repos.traces.byIds([...new Set(traceIds)]).map((trace) => [trace.id, trace]));
  const listed = [...new Set(traceIds)].flatMap((id) => byId.get(id) ?? []);
  const allowed = practiceOnly(
    deps,
    projectId,
    listed.filter((trace) => trace.projectId === projectId && trace.state === "OK"),
  );
  if (allowed.length < traceIds.length) {
    throw new AppError(
      "invalid-input",
      `${traceIds.length - allowed.length} of the ${traceIds.length} answers cannot be asked: only answers to practice records of this project can. No queue was made.`,
    );
  }
  return allowed;
}

function practiceOnly<Trace extends { recordId: string }>(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  traces: readonly Trace[],
): Trace[] {
  const practice = new Set(
    repos.records
      .findForEngine(
        projectId,
        traces.map(({ recordId }) => recordId),
      )
      .map(({ id }) => id),
  );
  return traces.filter(({ recordId }) => practice.has(recordId));
}
