import "server-only";
import type { WebhookEvent, WebhookMessageType } from "@/lib/contracts/webhooks";
import { baseUrlOf } from "../env";
import type { ServiceDeps } from "../service-deps";

type Deps = Pick<ServiceDeps, "env" | "repos" | "jobs" | "now" | "newId">;

interface Announcement {
  projectId: string;
  type: WebhookEvent;
  /** Where a person reads on, under this server's address: `/p/…`. */
  path: string;
  data: object;
}

/**
 * Tells every webhook of the project that asked for it. Call it inside the transaction of the act: the messages are
 * stored with it or not at all, and are sent after it. One act, one message an address.
 */
export function announce(deps: Deps, { projectId, type, path, data }: Announcement): void {
  const { repos, now, newId } = deps;
  const asked = repos.webhooks.list(projectId).filter(({ events }) => events.includes(type));
  if (asked.length === 0) return;
  const payload = messageOf(deps, {
    id: newId("evt"),
    projectId,
    type,
    data: { ...data, url: baseUrlOf(deps.env) + path },
  });
  for (const { id: webhookId } of asked) {
    const id = newId("whd");
    repos.webhooks.addDelivery({ id, webhookId, event: type, payload, nextAt: now(), createdAt: now() });
    startDelivery(deps, projectId, id);
  }
}

/** What is sent. `id` names the event: the same for every address that hears of it. */
export function messageOf(
  { repos, now }: Pick<Deps, "repos" | "now">,
  { id, projectId, type, data }: { id: string; projectId: string; type: WebhookMessageType; data: object },
): object {
  return {
    id,
    type,
    apiVersion: "1",
    occurredAt: new Date(now()).toISOString(),
    project: { id: projectId, name: repos.projects.byId(projectId)?.name ?? "" },
    data,
  };
}

/** While a try flies, nothing else starts one: a try ends long before. */
const LEASE_MS = 60_000;

/** A job for the next try of a delivery. It starts after the transaction that this is called in. */
export function startDelivery(deps: Deps, projectId: string, deliveryId: string): void {
  const { repos, jobs, now, newId } = deps;
  repos.webhooks.lease(deliveryId, now() + LEASE_MS);
  repos.jobs.enqueue({
    id: newId("job"),
    kind: "webhook",
    projectId,
    subjectId: deliveryId,
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 1,
    actorId: "system:webhooks",
    at: now(),
  });
  // A transaction is synchronous, so by then it is over.
  queueMicrotask(() => jobs.wake());
}
