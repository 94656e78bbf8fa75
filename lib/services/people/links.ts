import "server-only";
import { randomBytes } from "node:crypto";
import type { LinkState } from "@/lib/contracts/people";
import { sha256Hex } from "@/lib/util/hash";

const DAY_MS = 24 * 60 * 60 * 1_000;
export const INVITATION_LIFE_MS = 7 * DAY_MS;
export const PERSONAL_LINK_LIFE_MS = 14 * DAY_MS;

/** A new token for a link, and the hash that is kept of it. */
export function makeToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString("base64url");
  return { token, hash: hashOfToken(token) };
}

export function hashOfToken(token: string): string {
  return sha256Hex(token);
}

/** What has become of a link. Revoking tells more than that it was used. */
export function linkStateOf(
  link: { usedAt: number | null; revokedAt: number | null; expiresAt: number },
  now: number,
): LinkState {
  if (link.revokedAt !== null) return "revoked";
  if (link.usedAt !== null) return "used";
  return link.expiresAt <= now ? "expired" : "open";
}
