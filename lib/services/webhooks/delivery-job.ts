import "server-only";
import type { Webhook, WebhookDelivery } from "@/db/repos/webhooks.repo";
import type { FetchLike } from "@/lib/llm";
import { drawFrom } from "@/lib/util/rng";
import type { JobHandler } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import { signatureOf } from "./sign-delivery";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Waits after the first, second, … try that failed: ten tries over about a day. */
export const RETRY_WAITS_MS: readonly number[] = [
  10 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
];
const TIME_LIMIT_MS = 10 * SECOND;
/** Share of a wait by which it may be longer, so that a receiver that comes back is not met by all at once. */
const JITTER = 0.1;

type Deps = Pick<ServiceDeps, "repos" | "secrets" | "now" | "log">;

interface Attempt {
  status: number | null;
  /** What went wrong, in words; null = it was taken. */
  error: string | null;
}

/** One try of one delivery. That the receiver is away is no failure of the job: the next try has a time. */
export function createDeliveryJob(deps: Deps, fetch: FetchLike): JobHandler {
  return async ({ job, signal }) => {
    const { repos, now } = deps;
    const delivery = repos.webhooks.delivery(job.subjectId);
    const webhook = delivery && repos.webhooks.byId(delivery.webhookId);
    if (!delivery || !webhook || delivery.state !== "waiting") return;
    const attempt = await send(deps, fetch, webhook, delivery, signal);
    // Cut off by a stop of the server: nothing is known, so the job is done again at the next start.
    signal.throwIfAborted();
    const wait = RETRY_WAITS_MS[delivery.attempts];
    const jitter = 1 + JITTER * drawFrom(delivery.id, "jitter", delivery.attempts);
    repos.webhooks.noteAttempt(delivery.id, {
      ...attempt,
      delivered: attempt.error === null,
      nextAt: attempt.error === null || wait === undefined ? null : now() + Math.round(wait * jitter),
      at: now(),
    });
  };
}

async function send(
  { secrets, now }: Deps,
  fetch: FetchLike,
  webhook: Webhook,
  delivery: WebhookDelivery,
  signal: AbortSignal,
): Promise<Attempt> {
  const body = JSON.stringify(delivery.payload);
  try {
    const response = await fetch(webhook.url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Touchstone-Webhooks/1",
        "touchstone-event": delivery.event,
        "touchstone-delivery": delivery.id,
        "touchstone-signature": signatureOf(secrets.open(webhook.sealedSecret), body, now()),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
    });
    await response.body?.cancel();
    return { status: response.status, error: refusalOf(response.status) };
  } catch (error) {
    return { status: null, error: troubleOf(error) };
  }
}

function refusalOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It answered ${status}; redirects are not followed.`;
  return `It answered ${status}.`;
}

/** Why nothing came back. The address guard's refusal must not look like a receiver that is away. */
function troubleOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return `It did not answer within ${TIME_LIMIT_MS / SECOND} seconds.`;
  const codes = causesOf(error).map(({ code }) => code);
  if (codes.includes("ERR_ADDRESS_NOT_ALLOWED"))
    return "This server may not call that address: it is private. Name its host in TOUCHSTONE_ALLOW_HOSTS.";
  if (codes.includes("ECONNREFUSED")) return "Nothing listens at that address.";
  if (codes.includes("ENOTFOUND") || codes.includes("EAI_AGAIN"))
    return "The host of that address is not known.";
  return `The connection failed${codes[0] ? ` (${codes[0]})` : ""}.`;
}

function causesOf(error: unknown): { code?: string }[] {
  const causes: { code?: string }[] = [];
  for (let at: unknown = error; at instanceof Error && causes.length < 5; at = at.cause)
    causes.push(at as { code?: string });
  return causes;
}
