import "server-only";
import type { IncomingMessage } from "node:http";
import { ADDRESS_HEADER } from "./auth/auth-server";

/**
 * Writes into a request, before anything reads it, where it really comes from: the address of its socket as
 * `x-touchstone-address`. What the caller claims is thrown away, unless a proxy in front is trusted to add it
 * (TOUCHSTONE_TRUST_PROXY): then the last entry of X-Forwarded-For counts, the one that the proxy itself wrote.
 */
export function noteAddress(
  request: Pick<IncomingMessage, "headers"> & { socket: { remoteAddress?: string | undefined } },
  trustsProxy: boolean,
): void {
  const { headers, socket } = request;
  const forwarded = headers["x-forwarded-for"];
  const last = (Array.isArray(forwarded) ? forwarded.join(",") : forwarded)?.split(",").at(-1)?.trim();
  headers[ADDRESS_HEADER] = (trustsProxy && last ? last : socket.remoteAddress) ?? "";
  if (trustsProxy) return;
  delete headers["x-forwarded-for"];
  delete headers["x-forwarded-host"];
  delete headers["x-forwarded-proto"];
}
