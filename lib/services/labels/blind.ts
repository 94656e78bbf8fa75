import "server-only";
import type { Actor } from "@/lib/contracts/permissions";
import { can } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/**
 * Answers that wait for this person's own label: until it is given, neither the judge's verdict nor a colleague's
 * label of them is shown (alignment.md, Labels). Empty for those who do not label, and for keys.
 */
export function blindTraceIds(
  { repos, now }: Pick<ServiceDeps, "repos" | "now">,
  actor: Actor,
  projectId: string,
): Set<string> {
  if (actor.kind !== "user" || !can(actor, "labels:write", projectId)) return new Set();
  const { userId } = actor;
  const open = repos.queues
    .list(projectId)
    .filter(({ closedAt }) => closedAt === null)
    .flatMap(({ id }) => repos.queues.openItems(id, userId, now()));
  return new Set(open.map(({ traceId }) => traceId));
}
