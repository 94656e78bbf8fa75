import { z } from "zod";
import { AppError, type AppErrorCode, appErrorCodes, type FieldProblem } from "@/lib/contracts/errors";

/** The one place where a code of the domain becomes a status of HTTP. */
export const httpStatus = {
  "invalid-input": 400,
  "not-signed-in": 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "edit-conflict": 412,
  "precondition-required": 428,
  "idempotency-mismatch": 409,
  "setup-done": 409,
  "setup-token-invalid": 403,
  "link-invalid": 403,
  "rate-limited": 429,
  "not-ready": 409,
  "no-connection": 409,
  "connection-failed": 502,
  "run-already-active": 409,
  "run-not-active": 409,
  "evidence-missing": 409,
  "evidence-stale": 409,
  "evidence-mixed": 409,
  "gate-closed": 409,
  "alias-moved": 409,
  "approval-missing": 409,
  "self-approval": 403,
  "unknown-alias": 404,
  "payload-too-large": 413,
  "database-busy": 503,
  "storage-full": 507,
} as const satisfies Record<AppErrorCode, number>;

const titles: Readonly<Record<number, string>> = {
  400: "The request cannot be used",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Not possible now",
  412: "Changed in the meantime",
  413: "Too large",
  428: "If-Match is missing",
  429: "Too many tries",
  500: "Something went wrong",
  502: "The other side did not answer",
  503: "Busy",
  507: "No room left",
};

/** An error as it crosses the wire (RFC 9457). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum([...appErrorCodes, "internal"]),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  /** Data the caller needs to go on, such as the current state of a 412. */
  extra: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The answer to an expected refusal. */
export function problemResponse(error: AppError, requestId: string): Response {
  const status = httpStatus[error.code];
  return asResponse({
    type: `urn:touchstone:${error.code}`,
    title: titles[status] ?? "Not possible",
    status,
    code: error.code,
    detail: error.detail,
    errors: [...error.errors],
    extra: { ...error.extra },
    requestId,
  });
}

/** The answer to a bug: nothing of it reaches the caller but the id under which it was logged. */
export function internalProblem(requestId: string): Response {
  return asResponse({
    type: "urn:touchstone:internal",
    title: "Something went wrong",
    status: 500,
    code: "internal",
    detail: `The server met an error of its own. Nothing more was done. Its log has the cause under ${requestId}.`,
    errors: [],
    extra: {},
    requestId,
  });
}

/** What Zod found wrong, at places that a form can show. */
export function fieldProblems(error: z.ZodError, where: "" | "query" | "path" = ""): FieldProblem[] {
  return error.issues.map((issue) => ({
    path: [where, ...issue.path.map(String)].filter((part) => part !== "").join("."),
    message: issue.message,
  }));
}

export function invalidInput(errors: readonly FieldProblem[]): AppError {
  const [first] = errors;
  const place = first?.path ? ` (${first.path})` : "";
  const more = errors.length > 1 ? ` and ${errors.length - 1} more` : "";
  const what = first ? `${first.message}${place}${more}` : "It does not have the form that is asked for";
  return new AppError("invalid-input", `The request cannot be used: ${what}. Nothing was saved.`, { errors });
}

function asResponse(problem: Problem): Response {
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": problem.requestId,
  });
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="touchstone"');
  const retryAfter = problem.extra.retryAfterSeconds;
  if (typeof retryAfter === "number") headers.set("retry-after", String(Math.ceil(retryAfter)));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
