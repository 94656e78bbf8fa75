/** Expected refusals. Services throw them; only lib/http knows status codes (house-style 4). */
export const appErrorCodes = [
  "invalid-input",
  "not-signed-in",
  "forbidden",
  "not-found",
  "conflict",
  "edit-conflict",
  "precondition-required",
  "idempotency-mismatch",
  "setup-done",
  "setup-token-invalid",
  "link-invalid",
  "rate-limited",
  "not-ready",
  "no-connection",
  "connection-failed",
  "run-already-active",
  "run-not-active",
  "evidence-missing",
  "evidence-stale",
  "evidence-mixed",
  "gate-closed",
  "alias-moved",
  "approval-missing",
  "self-approval",
  "unknown-alias",
  "payload-too-large",
  "database-busy",
  "storage-full",
] as const;
export type AppErrorCode = (typeof appErrorCodes)[number];

/** One thing that is wrong with the input, at a place the form can show. */
export interface FieldProblem {
  path: string;
  message: string;
}

const BRAND = Symbol.for("touchstone.app-error");

/**
 * Next loads modules several times (instrumentation and routes get copies of their own), so a service of one copy may
 * throw into a handler of another. `instanceof` therefore goes by a brand that all copies share.
 * @property detail What happened, what was kept, what to do: plain words for the person.
 * @property extra Data the caller needs to go on (the current state of a 412, the aliases of a 404).
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: AppErrorCode,
    detail: string,
    options: { errors?: readonly FieldProblem[]; extra?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = detail;
    this.errors = options.errors ?? [];
    this.extra = options.extra ?? {};
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
