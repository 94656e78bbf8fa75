import "server-only";
import type { Repos } from "@/db/repos/create-repos";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { sha256Hex } from "@/lib/util/hash";
import type { AuthServer } from "./auth-server";

interface ActorDeps {
  repos: Repos;
  auth(): AuthServer;
  now(): number;
}

/** A key's last use is written at most this often: reading a prompt must not cost a write. */
const TOUCH_EVERY_MS = 60_000;
const BEARER = /^Bearer +(\S+)$/i;

/**
 * Who sends these headers: the key of an `Authorization: Bearer tsk_…`, else the person of the session cookie, else
 * nobody. Throws `not-signed-in` on a bearer that is no good key; a cookie beside it does not help.
 */
export async function actorOf(headers: Headers, deps: ActorDeps): Promise<Actor | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return keyActor(authorization, deps);
  if (!headers.has("cookie")) return null;
  const session = await deps.auth().api.getSession({ headers });
  return session ? userActor(session.user.id, deps.repos) : null;
}

/** The actor for a person, as the database has them now; null when there is no such account. */
export function userActor(userId: string, repos: Repos): Extract<Actor, { kind: "user" }> | null {
  const user = repos.users.byId(userId);
  if (!user) return null;
  return {
    kind: "user",
    userId,
    name: user.name,
    isServerAdmin: user.isServerAdmin,
    roles: repos.members.rolesOf(userId),
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
