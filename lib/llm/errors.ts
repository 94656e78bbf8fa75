/** What kind of trouble a provider made; closed, so that every caller can say something useful about each. */
export type LlmErrorKind =
  | "auth"
  | "not-found"
  | "rate-limited"
  | "timeout"
  | "unreachable"
  | "server"
  | "bad-request"
  | "bad-reply"
  | "circuit-open";

interface LlmErrorInit {
  kind: LlmErrorKind;
  /** What happened and what to do, in plain words, without any key. */
  message: string;
  /** Whether the same request may succeed later without anybody changing anything. */
  isRetryable: boolean;
  /** HTTP status; null when no answer came. */
  status?: number | null;
  /** How long the provider asked to wait, in milliseconds. */
  retryAfterMs?: number | null;
  /** Machine word for the cause below the kind ("ENOTFOUND", "insufficient_quota"), when there is one. */
  code?: string | null;
  cause?: unknown;
}

/** Whose call it is does not want it now: it was not sent, or its place was given up before it was. Never an LlmError. */
export class CalledOff extends Error {
  override readonly name = "CalledOff";
}

/** Provider trouble, wrapped once, here. An abort is never an LlmError. */
export class LlmError extends Error {
  override readonly name = "LlmError";
  readonly kind: LlmErrorKind;
  readonly isRetryable: boolean;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly code: string | null;
  /** Attempts made for the call that failed, this one included. */
  attempts = 1;

  constructor(init: LlmErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.kind = init.kind;
    this.isRetryable = init.isRetryable;
    this.status = init.status ?? null;
    this.retryAfterMs = init.retryAfterMs ?? null;
    this.code = init.code ?? null;
  }
}
