import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { sha256Hex } from "@/lib/util/hash";
import type { AnyRoute } from "./define-route";
import type { HttpHost, IdempotencyClaim, KeptReply } from "./host";
import type { ParsedRequest } from "./read-request";

const KEY_FORM = /^[\x21-\x7e]{1,200}$/;
const SHOWN_ONCE =
  "The first request with this Idempotency-Key was carried out. The secret in its answer is shown once and kept nowhere, so it cannot be given again. Revoke what was made (it stands in the list), and make a new one under a new key.";
/** That it was done, and nothing of what it said. */
const NOT_KEPT: KeptReply = { status: 409, body: null, headers: {} };
const KEPT_HEADERS = ["content-type", "location", "etag", "cache-control"];

/**
 * Runs `work` once a key: a repeated request with the same key and content gets the first answer again. Only success
 * is kept; after an error the key may be tried again. An answer with a secret is kept nowhere, so its repeat is refused.
 * Throws `idempotency-mismatch` when the key came with another
 * request, and `conflict` while its first request is still at work.
 */
export async function answerOnce<Services>(
  host: HttpHost<Services>,
  route: AnyRoute,
  request: Request,
  actor: Actor | null,
  parsed: ParsedRequest,
  work: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return work();
  if (!KEY_FORM.test(key))
    throw new AppError("invalid-input", "Idempotency-Key must have 1 to 200 visible characters.");
  const store = host.idempotency();
  const claim: IdempotencyClaim = {
    actorId: actorIdOf(actor),
    routeId: route.id,
    key,
    requestHash: hashOf(request, parsed),
  };
  const found = store.claim(claim);
  if (found.status === "kept" && route.shownOnce) throw new AppError("conflict", SHOWN_ONCE);
  if (found.status === "kept") return replay(found.reply);
  if (found.status === "mismatch") {
    throw new AppError(
      "idempotency-mismatch",
      "This Idempotency-Key was used for another request. Nothing was done; use a new key.",
    );
  }
  if (found.status === "in-progress") {
    throw new AppError(
      "conflict",
      "The first request with this Idempotency-Key is still at work. Try again in a moment.",
    );
  }
  try {
    const response = await work();
    if (response.ok) store.keep(claim, route.shownOnce ? NOT_KEPT : await keptFrom(response));
    else store.release(claim);
    return response;
  } catch (error) {
    store.release(claim);
    throw error;
  }
}

/** Stable name of an actor, as idempotency keys and limits know it. */
export function actorIdOf(actor: Actor | null): string {
  if (actor === null) return "anonymous";
  if (actor.kind === "user") return `user:${actor.userId}`;
  return actor.kind === "key" ? `key:${actor.keyId}` : `system:${actor.name}`;
}

function hashOf(request: Request, { raw }: ParsedRequest): string {
  const { pathname, search } = new URL(request.url);
  return sha256Hex(`${request.method} ${pathname}${search}\n${new TextDecoder().decode(raw)}`);
}

async function keptFrom(response: Response): Promise<KeptReply> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const text = await response.clone().text();
  return { status: response.status, body: text === "" ? null : text, headers };
}

function replay({ status, body, headers }: KeptReply): Response {
  return new Response(body, { status, headers: { ...headers, "idempotent-replay": "true" } });
}
