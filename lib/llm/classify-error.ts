import { APIConnectionError, APIError, APIUserAbortError } from "openai";
import { LlmError } from "./errors";
import { redact } from "./redact";

/** What the messages need to know about the call that failed. */
export interface CallContext {
  baseUrl: string;
  /** Null for a call that names no model (the list of models). */
  model: string | null;
  secrets: readonly (string | null)[];
}

/** Node's and undici's words for a connection that did not come about, in ours. */
const NETWORK_CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such host is known. Check the spelling of the address.",
  EAI_AGAIN: "the host's name could not be looked up. Check the network, then the spelling of the address.",
  ECONNREFUSED: "nothing listens there. Check the port, and that the server is started.",
  ECONNRESET: "the connection was cut in the middle. Try again.",
  EPIPE: "the connection was cut in the middle. Try again.",
  EHOSTUNREACH: "there is no way to that host from here. Check the network or VPN.",
  ENETUNREACH: "there is no way to that network from here. Check the network or VPN.",
  ETIMEDOUT: "the host does not answer. Check the address, the port and any firewall between.",
  UND_ERR_CONNECT_TIMEOUT: "the host does not answer. Check the address, the port and any firewall between.",
  UND_ERR_SOCKET: "the connection was cut in the middle. Try again.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "its certificate is self-signed. Have NODE_EXTRA_CA_CERTS name a file with it.",
  SELF_SIGNED_CERT_IN_CHAIN:
    "its certificate comes from an unknown authority. Have NODE_EXTRA_CA_CERTS name its file.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate comes from an unknown authority. Have NODE_EXTRA_CA_CERTS name its file.",
  CERT_HAS_EXPIRED: "its certificate has expired. Whoever runs the server must renew it.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "its certificate is made out to another name. Use the name that the certificate has.",
  EPROTO: "it does not speak TLS there. Try http:// instead of https://.",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there. Try http:// instead of https://.",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak TLS there. Try http:// instead of https://.",
  ERR_ADDRESS_NOT_ALLOWED:
    "this server may not call that address. An administrator can allow it in TOUCHSTONE_ALLOW_HOSTS.",
};

/** Causes that another attempt will not change. */
const LASTING_CAUSE =
  /^(ENOTFOUND|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|EPROTO|ERR_ADDRESS)/;

/** Wraps whatever the SDK or fetch threw. Aborts must have been told apart before. */
export function toLlmError(error: unknown, context: CallContext): LlmError {
  if (error instanceof LlmError) return error;
  if (error instanceof APIUserAbortError) return timeoutError(null, context);
  if (error instanceof APIConnectionError) return unreachableError(error, context);
  if (error instanceof APIError && error.status !== undefined) return statusError(error, context);
  if (error instanceof SyntaxError) return badReplyError("the reply is not JSON", context, error);
  return unreachableError(error, context);
}

/** The time limit of one call ran out. */
export function timeoutError(limitMs: number | null, context: CallContext): LlmError {
  const limit = limitMs === null ? "the time limit" : `${Math.round(limitMs / 100) / 10} seconds`;
  return new LlmError({
    kind: "timeout",
    isRetryable: true,
    message: `${hostOf(context)} did not answer within ${limit}. Raise the connection's time limit, or ask for shorter answers.`,
  });
}

/** A 200 whose body cannot be used. */
export function badReplyError(what: string, context: CallContext, cause?: unknown): LlmError {
  return new LlmError({
    kind: "bad-reply",
    isRetryable: true,
    message: `${hostOf(context)} answered, but ${what}. Check that the address is that of an OpenAI-compatible API (it often ends in /v1).`,
    cause,
  });
}

/** The breaker refuses the call without asking. */
export function circuitOpenError(waitMs: number, context: CallContext): LlmError {
  return new LlmError({
    kind: "circuit-open",
    isRetryable: true,
    retryAfterMs: waitMs,
    message: `${hostOf(context)} has not answered for a while, so it is not asked again for ${Math.ceil(waitMs / 1000)} seconds. Check that it runs.`,
  });
}

/** The innermost machine word for why a connection failed ("ENOTFOUND"), when there is one. */
export function networkCodeOf(error: unknown): string | null {
  let code: string | null = null;
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth++
  ) {
    if ("code" in current && typeof current.code === "string") code = current.code;
  }
  return code;
}

function unreachableError(error: unknown, context: CallContext): LlmError {
  const code = networkCodeOf(error);
  const known = code === null ? undefined : NETWORK_CAUSES[code];
  const detail = known ?? `the connection failed (${redact(innermostMessage(error), context.secrets)}).`;
  return new LlmError({
    kind: "unreachable",
    isRetryable: code === null || !LASTING_CAUSE.test(code),
    message: `${hostOf(context)} could not be reached: ${detail}`,
    code,
    cause: error,
  });
}

function statusError(error: InstanceType<typeof APIError>, context: CallContext): LlmError {
  const status = error.status ?? 0;
  const said = redact(providerWords(error), context.secrets);
  const init = {
    status,
    code: error.code ?? null,
    cause: error,
    retryAfterMs: retryAfterMsOf(error.headers),
  };
  const host = hostOf(context);
  const quote = said === "" ? "" : ` It said: “${said}”`;
  if (status === 401 || status === 403) {
    const what = status === 401 ? "did not accept the key" : "refused access";
    const todo = "Enter a valid key for this connection, with access to the model.";
    return new LlmError({
      ...init,
      kind: "auth",
      isRetryable: false,
      message: `${host} ${what}. ${todo}${quote}`,
    });
  }
  if (status === 404)
    return new LlmError({
      ...init,
      kind: "not-found",
      isRetryable: false,
      message: notFoundWords(context, quote),
    });
  if (status === 408) return timeoutError(null, context);
  if (status === 429) return tooManyError(init, host, quote);
  if (status === 409 || status >= 500) {
    const message = `${host} has trouble of its own (status ${status}). Try again later; its operator can say more.${quote}`;
    return new LlmError({ ...init, kind: "server", isRetryable: true, message });
  }
  if (status >= 300 && status < 400) {
    const message = `${host} sends the call on to another address (status ${status}). Enter that address for the connection.`;
    return new LlmError({ ...init, kind: "not-found", isRetryable: false, message });
  }
  const message = `${host} refused the request (status ${status}). Check the model's name and settings.${quote}`;
  return new LlmError({ ...init, kind: "bad-request", isRetryable: false, message });
}

function tooManyError(
  init: { code: string | null; retryAfterMs: number | null },
  host: string,
  quote: string,
): LlmError {
  const isQuotaGone = init.code === "insufficient_quota";
  const message = isQuotaGone
    ? `The account at ${host} has no quota left. Top it up or use another key.${quote}`
    : `${host} gets too many calls at once (status 429). Lower the connection's calls at once, or wait.${quote}`;
  return new LlmError({ ...init, status: 429, kind: "rate-limited", isRetryable: !isQuotaGone, message });
}

function notFoundWords(context: CallContext, quote: string): string {
  const path = new URL(context.baseUrl).pathname.replace(/\/+$/, "");
  const hint = /\/v\d+$/.test(path) ? "" : " The address may lack /v1 at its end.";
  const model = context.model === null ? "that path" : `the model “${context.model}”, or the path`;
  return `${hostOf(context)} does not know ${model} (status 404).${hint}${quote}`;
}

function providerWords(error: InstanceType<typeof APIError>): string {
  const body = error.error as { message?: unknown } | undefined;
  const words = typeof body?.message === "string" ? body.message : error.message;
  return words.includes("<html") || words.includes("<!DOCTYPE") ? "" : words.slice(0, 300);
}

function innermostMessage(error: unknown): string {
  let message = String(error);
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth++
  )
    message = current.message;
  return message.slice(0, 200);
}

/** `retry-after-ms`, or `Retry-After` in seconds; a date is read against the reply's own `Date`, so no clock is needed. */
function retryAfterMsOf(headers: Headers | undefined): number | null {
  const exact = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const after = headers?.get("retry-after") ?? "";
  if (/^\d+(\.\d+)?$/.test(after.trim())) return Number.parseFloat(after) * 1000;
  const waitMs = Date.parse(after) - Date.parse(headers?.get("date") ?? "");
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}

function hostOf(context: CallContext): string {
  return URL.canParse(context.baseUrl) ? new URL(context.baseUrl).host : "The endpoint";
}
