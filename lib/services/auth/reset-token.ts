import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Repos } from "@/db/repos/create-repos";
import type { SecretBox } from "../secrets";

interface ResetDeps {
  repos: Repos;
  secrets: SecretBox;
  now(): number;
}

const LIFE_MS = 60 * 60_000;

/**
 * A token with which one person chooses a new password. Nothing is stored: it is signed with the server's secret over
 * the person, the end of its life and the password they have now, so it is worth nothing once that has changed. That
 * lets the operator's command make one beside a running server.
 */
export function makeResetToken(userId: string, deps: ResetDeps): { token: string; expiresAt: number } {
  const expiresAt = deps.now() + LIFE_MS;
  return { token: `${userId}.${expiresAt}.${signatureOf(userId, expiresAt, deps)}`, expiresAt };
}

/** The person whose password the token may set; null when it is forged, used or too old. */
export function personOfResetToken(token: string, deps: ResetDeps): string | null {
  const [userId, expires, given] = token.split(".");
  const expiresAt = Number(expires);
  if (!userId || !given || !Number.isSafeInteger(expiresAt) || expiresAt <= deps.now()) return null;
  const user = deps.repos.users.byId(userId);
  if (!user || user.closedAt !== null) return null;
  const [right, left] = [signatureOf(userId, expiresAt, deps), given].map((text) => Buffer.from(text));
  return right && left && right.length === left.length && timingSafeEqual(right, left) ? userId : null;
}

function signatureOf(userId: string, expiresAt: number, { repos, secrets }: ResetDeps): string {
  const now = repos.sessions.passwordHashOf(userId) ?? "";
  return createHmac("sha256", secrets.derive("password-reset"))
    .update(`${userId}\n${expiresAt}\n${now}`)
    .digest("base64url");
}
