import "server-only";
import OpenAI from "openai";
import { LlmError } from "./errors";
import type { ConnectionSpec } from "./port";

export type FetchLike = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * The one place that constructs the SDK's client. Its retries, its time limit and its reading of the environment
 * are off: those are decided here, and a key must come from the connection alone.
 * @throws LlmError when the address or the key cannot be put into a request at all
 */
export function createOpenAiClient(spec: ConnectionSpec, fetchLike?: FetchLike): OpenAI {
  checkAddress(spec.baseUrl);
  checkKey(spec.apiKey);
  return new OpenAI({
    baseURL: spec.baseUrl.replace(/\/+$/, ""),
    apiKey: spec.apiKey ?? "none",
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: spec.timeoutMs * 2,
    logLevel: "off",
    defaultHeaders: { ...(spec.apiKey === null ? { Authorization: null } : {}), ...spec.headers },
    // A redirect could lead past the check of the address (Security: "redirects too").
    fetchOptions: { redirect: "manual" },
    ...(fetchLike ? { fetch: fetchLike } : {}),
  });
}

function checkAddress(baseUrl: string): void {
  const isUsable = URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol);
  if (isUsable) return;
  throw new LlmError({
    kind: "bad-request",
    code: "no-address",
    isRetryable: false,
    message: `“${baseUrl}” is no address that can be called. It should look like https://api.example.com/v1.`,
  });
}

function checkKey(apiKey: string | null): void {
  if (apiKey === null || /^[\x21-\x7e]+$/.test(apiKey)) return;
  throw new LlmError({
    kind: "auth",
    isRetryable: false,
    message: "The key holds blanks or characters that no key has. Copy it again, without line breaks.",
  });
}
