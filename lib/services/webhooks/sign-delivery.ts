import "server-only";
import { createHmac } from "node:crypto";

/**
 * The header `Touchstone-Signature`: `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 under the webhook's secret over
 * "SECONDS.BODY", the body as it is sent. The time is inside, so that a recorded message cannot be played again later.
 */
export function signatureOf(secret: string, body: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
