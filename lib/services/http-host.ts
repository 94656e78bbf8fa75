import "server-only";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import type { AuthService } from "./auth/auth.service";
import { authorize } from "./authorize";
import type { IdempotencyService } from "./idempotency";
import type { ServiceDeps } from "./service-deps";
import { storageRefusalOf } from "./storage-trouble";

/** The part of the container that answering HTTP needs. */
export interface HttpBacking<Services> {
  deps: Pick<ServiceDeps, "env" | "log" | "newId">;
  services: Services & { auth: AuthService; idempotency: IdempotencyService };
}

/**
 * What `createHandle` (lib/http) asks of a server, answered by this one; its type is that of lib/http, which services
 * do not import. The backing is asked for at the first request, never when a module loads.
 */
export function createHttpHost<Services>(backing: () => HttpBacking<Services>) {
  return {
    services: () => backing().services,
    resolveActor: (request: Request): Promise<Actor | null> =>
      backing().services.auth.actorOf(request.headers),
    authorize: (actor: Actor, permission: Permission, projectId: string | null): void =>
      authorize(actor, permission, projectId),
    idempotency: () => backing().services.idempotency,
    allowedOrigins(): readonly string[] {
      const { TOUCHSTONE_URL } = backing().deps.env;
      return TOUCHSTONE_URL ? [new URL(TOUCHSTONE_URL).origin] : [];
    },
    get checksResponses(): boolean {
      return backing().deps.env.NODE_ENV !== "production";
    },
    refusalOf: storageRefusalOf,
    newRequestId: (): string => backing().deps.newId("req"),
    logError: (error: unknown, context: { requestId: string; routeId: string }): void =>
      backing().deps.log.error({ err: error, ...context }, "a request failed"),
  };
}
