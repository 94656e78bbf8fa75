import "server-only";
import type { ServiceDeps } from "../service-deps";

type Deps = Pick<ServiceDeps, "repos" | "jobs" | "now" | "newId">;

/** While a try flies, nothing else starts one: a try ends long before. */
const LEASE_MS = 10 * 60_000;

/**
 * Notes that a move of an alias is to be written to the project's MLflow server, where it has one. Call it inside the
 * transaction of the move: both are stored, or neither.
 */
export function queuePush(deps: Deps, projectId: string, aliasEventId: string): void {
  const { repos, now, newId } = deps;
  if (!repos.mlflow.link(projectId)?.writesOnPromote) return;
  const id = newId("mlo");
  repos.mlflow.addPush({ id, projectId, aliasEventId, nextAt: now(), createdAt: now() });
  startPush(deps, projectId, id);
}

/** A job for the next try of a push. It starts after the transaction that this is called in. */
export function startPush(deps: Deps, projectId: string, pushId: string): void {
  const { repos, jobs, now, newId } = deps;
  repos.mlflow.changePush(pushId, { nextAt: now() + LEASE_MS });
  repos.jobs.enqueue({
    id: newId("job"),
    kind: "mlflow-push",
    projectId,
    subjectId: pushId,
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 1,
    actorId: "system:mlflow",
    at: now(),
  });
  queueMicrotask(() => jobs.wake());
}
