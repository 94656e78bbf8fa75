import "server-only";
import type { ServiceDeps } from "./service-deps";

interface Claim {
  actorId: string;
  routeId: string;
  key: string;
  requestHash: string;
}

interface KeptReply {
  status: number;
  body: string | null;
  headers: Readonly<Record<string, string>>;
}

type ClaimResult = { status: "claimed" | "mismatch" | "in-progress" } | { status: "kept"; reply: KeptReply };

/** Remembers for a day what a write with an `Idempotency-Key` answered; the store that lib/http asks for. */
export interface IdempotencyService {
  claim(claim: Claim): ClaimResult;
  keep(claim: Claim, reply: KeptReply): void;
  release(claim: Claim): void;
}

const KEEP_MS = 24 * 60 * 60 * 1_000;

/** One process owns the database, so what is still at work when this is made died with an earlier process. */
export function createIdempotencyService({
  repos,
  now,
}: Pick<ServiceDeps, "repos" | "now">): IdempotencyService {
  repos.idempotency.forgetUnfinished();
  return {
    claim({ actorId, requestHash, ...claim }) {
      const request = { actorId, key: nameOf(claim), requestHash, now: now(), expiresAt: now() + KEEP_MS };
      const found = repos.idempotency.start(request);
      switch (found.status) {
        case "new":
          return { status: "claimed" };
        case "at-work":
          return { status: "in-progress" };
        case "mismatch":
          return { status: "mismatch" };
        case "answered":
          return { status: "kept", reply: found.response as unknown as KeptReply };
      }
    },
    keep: (claim, { status, body, headers }) =>
      repos.idempotency.finish(claim.actorId, nameOf(claim), { status, body, headers: { ...headers } }),
    release: (claim) => repos.idempotency.forget(claim.actorId, nameOf(claim)),
  };
}

/** A key means nothing outside of its route. */
function nameOf({ routeId, key }: Pick<Claim, "routeId" | "key">): string {
  return `${routeId} ${key}`;
}
