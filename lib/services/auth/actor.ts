import "server-only";
import type { Repos } from "@/db/repos/create-repos";
import type { Session } from "@/db/repos/sessions.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { sha256Hex } from "@/lib/util/hash";
import type { AuthServer } from "./auth-server";

interface ActorDeps {
  repos: Repos;
  auth(): AuthServer;
  now(): number;
}

type Person = Extract<Actor, { kind: "user" }>;

/** A key's last use is written at most this often: reading a prompt must not cost a write. */
const TOUCH_EVERY_MS = 60_000;
/** Quiet time after which a session on a shared device is over: ten minutes, and one in which the page says so. */
export const SHARED_DEVICE_QUIET_MS = 11 * 60_000;
const BEARER = /^Bearer +(\S+)$/i;

/**
 * Who sends these headers: the key of an `Authorization: Bearer tsk_…`, else the person of the session cookie, else
 * nobody. Throws `not-signed-in` on a bearer that is no good key; a cookie beside it does not help.
 */
export async function actorOf(headers: Headers, deps: ActorDeps): Promise<Actor | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return keyActor(authorization, deps);
  return (await signedIn(headers, deps))?.actor ?? null;
}

/** The person of the session cookie, and the session; null = nobody, or nobody any more. */
export async function signedIn(
  headers: Headers,
  deps: ActorDeps,
): Promise<{ actor: Person; session: Session } | null> {
  if (!headers.has("cookie")) return null;
  const found = await deps.auth().api.getSession({ headers });
  const session = found ? deps.repos.sessions.byId(found.session.id) : null;
  if (!session) return null;
  if (isOver(session, deps)) {
    deps.repos.sessions.end(session.id);
    return null;
  }
  const actor = userActor(session.userId, deps.repos);
  return actor && { actor: confined(actor, session, deps.repos), session };
}

/** The actor for a person, as the database has them now; null when there is no such account, or it is closed. */
export function userActor(userId: string, repos: Repos): Person | null {
  const user = repos.users.byId(userId);
  if (!user || user.closedAt !== null) return null;
  return {
    kind: "user",
    userId,
    name: user.name,
    isServerAdmin: user.isServerAdmin,
    roles: repos.members.rolesOf(userId),
  };
}

/** Over before its time: a shared device gone quiet, or a personal link that was revoked or has run out. */
function isOver(session: Session, { repos, now }: ActorDeps): boolean {
  const quietSince = session.lastActiveAt ?? session.startedAt;
  if (session.isShared && now() - quietSince > SHARED_DEVICE_QUIET_MS) return true;
  if (session.linkId === null) return false;
  const link = repos.personalLinks.byId(session.linkId);
  return !link?.queueId || link.revokedAt !== null || link.expiresAt <= now();
}

/** Whoever came by a personal link may label its queue and nothing else, whatever else they are. */
function confined(actor: Person, { linkId }: Session, repos: Repos): Person {
  const link = linkId === null ? null : repos.personalLinks.byId(linkId);
  if (!link?.queueId) return actor;
  const { projectId, queueId } = link;
  const role = actor.roles[projectId];
  return {
    kind: "user",
    userId: actor.userId,
    name: actor.name,
    isServerAdmin: false,
    roles: role ? { [projectId]: role } : {},
    confinedTo: { projectId, queueId },
  };
}

function keyActor(authorization: string, { repos, now }: ActorDeps): Actor {
  const secret = BEARER.exec(authorization)?.[1];
  const key = secret?.startsWith("tsk_") ? repos.apiKeys.findActive(sha256Hex(secret), now()) : null;
  if (!key) {
    throw new AppError(
      "not-signed-in",
      "This API key is unknown, expired or revoked. Make a new one in the project's settings.",
    );
  }
  if (now() - (key.lastUsedAt ?? 0) > TOUCH_EVERY_MS) repos.apiKeys.touch(key.id, now());
  return { kind: "key", keyId: key.id, name: key.name, projectId: key.projectId, scopes: key.scopes };
}
