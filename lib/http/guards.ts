import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { AnyRoute } from "./define-route";
import type { HttpHost } from "./host";
import { parseEtags } from "./reply";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a write that another site made the browser send. Only cookies are sent without being asked, so a request
 * with a bearer key passes; so does one without any mark of a browser, which has no victim's cookies to abuse.
 */
export function assertSameOrigin(request: Request, allowedOrigins: readonly string[]): void {
  if (SAFE_METHODS.has(request.method) || request.headers.has("authorization")) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site === "same-origin") return;
  if (site === null && (origin === null || isOwnOrigin(request, origin, allowedOrigins))) return;
  throw new AppError(
    "forbidden",
    "This request came from another site, so it was not carried out. Open Touchstone itself and try again.",
  );
}

function isOwnOrigin(request: Request, origin: string, allowedOrigins: readonly string[]): boolean {
  if (allowedOrigins.includes(origin)) return true;
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** The coarse check before the use case; the service checks again what it alone can know. */
export function assertPermitted<Services>(
  route: AnyRoute,
  actor: Actor | null,
  projectId: string | null,
  host: HttpHost<Services>,
): void {
  if (route.permission === "public") return;
  if (actor === null) throw new AppError("not-signed-in", "Sign in, or send an API key as a bearer token.");
  if (actor.kind === "key") assertScope(route, actor);
  if (actor.kind === "user" && actor.confinedTo && !route.personalLink) {
    throw new AppError("forbidden", "Your link opens one queue to label, and nothing else.");
  }
  if (route.permission === "signed-in") return;
  if (route.permission === "server-admin") {
    if (actor.kind === "system" || (actor.kind === "user" && actor.isServerAdmin)) return;
    throw new AppError("forbidden", "Only an admin of this server may do this. Ask whoever set it up.");
  }
  host.authorize(actor, route.permission, projectId);
}

function assertScope(route: AnyRoute, actor: Extract<Actor, { kind: "key" }>): void {
  if (route.scope === null) {
    throw new AppError("forbidden", "No API key may do this: it takes a person who is signed in.");
  }
  if (!actor.scopes.includes(route.scope)) {
    throw new AppError(
      "forbidden",
      `The key "${actor.name}" lacks the scope ${route.scope}. Make a key that has it.`,
      {
        extra: { scope: route.scope },
      },
    );
  }
}

/** The state an edit started from, unquoted; undefined when the header is not sent. Throws `precondition-required`. */
export function readIfMatch(request: Request, route: AnyRoute): string | undefined {
  const header = request.headers.get("if-match");
  const [tag] = header === null ? [] : parseEtags(header);
  if (tag === undefined && route.ifMatch === "required") {
    throw new AppError(
      "precondition-required",
      "Say with If-Match which revision you started from (the ETag of your last read). Nothing was saved.",
    );
  }
  return tag;
}

/** The revision that `If-Match` names. Throws `invalid-input` when it is no number. */
export function revisionOf(ifMatch: string): number {
  const revision = Number(ifMatch);
  if (Number.isInteger(revision) && revision >= 0) return revision;
  throw new AppError("invalid-input", 'If-Match must name a revision, such as "3". Nothing was saved.', {
    errors: [{ path: "If-Match", message: "a revision number in quotes" }],
  });
}
