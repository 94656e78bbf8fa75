import "server-only";
import type { Json } from "@/db/repos/paid-calls.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import type { Actor } from "@/lib/contracts/permissions";
import { actorId } from "./authorize";
import type { ServiceDeps } from "./service-deps";

/** Notes what somebody did. Call it inside the transaction of the act, so that neither stands without the other. */
export function audit(
  { repos, now, newId }: Pick<ServiceDeps, "repos" | "now" | "newId">,
  actor: Actor,
  act: {
    projectId: string | null;
    action: AuditAction;
    subjectType: string;
    subjectId: string;
    details?: Json;
  },
): void {
  repos.audit.append({
    id: newId("aud"),
    projectId: act.projectId,
    actorId: actorId(actor),
    actorName: actor.name,
    action: act.action,
    subjectType: act.subjectType,
    subjectId: act.subjectId,
    details: act.details ?? null,
    createdAt: now(),
  });
}
