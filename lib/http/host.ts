import type { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";

/** A successful answer kept for a repeated request with the same `Idempotency-Key`. */
export interface KeptReply {
  status: number;
  body: string | null;
  headers: Readonly<Record<string, string>>;
}

export interface IdempotencyClaim {
  /** Who asks: a key means nothing outside of its actor and route. */
  actorId: string;
  routeId: string;
  key: string;
  /** Of method, path, query and body. */
  requestHash: string;
}

/** Remembers what an `Idempotency-Key` answered. A key is claimed before the work and kept after it. */
export interface IdempotencyStore {
  /** `mismatch`: the key was used with another request. `in-progress`: its first request has not ended. */
  claim(
    claim: IdempotencyClaim,
  ):
    | { status: "claimed" }
    | { status: "kept"; reply: KeptReply }
    | { status: "mismatch" }
    | { status: "in-progress" };
  keep(claim: IdempotencyClaim, reply: KeptReply): void;
  /** The work failed: the key may be used again. */
  release(claim: IdempotencyClaim): void;
}

/** What `handle` needs of the server. The composition root gives it; tests give their own. */
export interface HttpHost<Services> {
  services(): Services | Promise<Services>;
  /** Session cookie or bearer key; null = nobody. Throws `not-signed-in` on a key that is wrong, revoked or expired. */
  resolveActor(request: Request): Promise<Actor | null>;
  /** Throws `not-found` (not a member) or `forbidden`. `projectId` null: the permission in any project will do. */
  authorize(actor: Actor, permission: Permission, projectId: string | null): void;
  idempotency(): IdempotencyStore;
  /** Origins besides the request's own host that may send writes with a cookie (TOUCHSTONE_URL). */
  allowedOrigins(): readonly string[];
  /** Check answers against their schema: in development and tests, not in production. */
  checksResponses: boolean;
  newRequestId(): string;
  /** The refusal that an error of the storage stands for (busy, full); null = it is a bug. */
  refusalOf(error: unknown): AppError | null;
  /** An error that nobody expected. */
  logError(error: unknown, context: { requestId: string; routeId: string }): void;
}
