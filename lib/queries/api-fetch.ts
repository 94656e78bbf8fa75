import type { z } from "zod";
import type { AppErrorCode, FieldProblem } from "@/lib/contracts/errors";
import type { problemSchema } from "@/lib/contracts/problems";
import { lazySchemas, type Read, type SchemaSource } from "./lazy-schemas";

const problems = lazySchemas(() => import("@/lib/contracts/problems"));

/** Why a request was not carried out: a code of the domain, a fault of the server, or no answer at all. */
export type ApiProblemCode = AppErrorCode | "internal" | "offline";

/**
 * A request that failed, in words for people.
 * @property extra what the caller needs to go on: the current state of a 412, the aliases of a 404
 */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode;
  readonly detail: string;
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(problem: {
    code: ApiProblemCode;
    detail: string;
    status: number;
    errors?: readonly FieldProblem[];
    extra?: Record<string, unknown>;
  }) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.code = problem.code;
    this.detail = problem.detail;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
    this.extra = problem.extra ?? {};
  }
}

export interface ApiRequest<Source extends SchemaSource | undefined> {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Left out values and empty texts are not sent. */
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is (an import's file). */
  rawBody?: BodyInit;
  /** What the answer must look like; left out = no answer is read. */
  schema?: Source;
  /** The revision an edit started from. */
  ifMatch?: string | number;
  /** The same key is carried out once, also when the first answer was lost. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Asks our API. Throws `ApiProblem` on every refusal and when the server cannot be reached, and the signal's reason on
 * abort. An answer that does not fit its schema is a bug of the server and becomes an `ApiProblem` too.
 */
export async function apiFetch<Source extends SchemaSource | undefined = undefined>(
  path: string,
  request: ApiRequest<Source> = {},
): Promise<Read<Source>> {
  const schema = schemaFrom(request.schema);
  const response = await send(path, request);
  if (!response.ok) throw await problemOf(response);
  const shape = await schema;
  if (shape === undefined) return undefined as Read<Source>;
  const parsed = shape?.safeParse(await response.json().catch(() => undefined));
  if (parsed?.success) return parsed.data as Read<Source>;
  throw new ApiProblem({
    code: "internal",
    status: response.status,
    detail: `The server answered in a form that this page does not know (${path}). Load the page again.`,
  });
}

/** Null when it could not be fetched: the page is older than the server, or the network went in between. */
async function schemaFrom(source: SchemaSource | undefined): Promise<z.ZodType | null | undefined> {
  return typeof source === "function" ? source().catch(() => null) : source;
}

/** Asks for a text, such as a file that is made for this request. Throws as `apiFetch` does. */
export async function apiText(path: string, request: ApiRequest<undefined>): Promise<string> {
  const response = await send(path, request);
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

async function send(path: string, request: ApiRequest<SchemaSource | undefined>): Promise<Response> {
  const { method = "GET", body, rawBody, ifMatch, idempotencyKey, signal } = request;
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (ifMatch !== undefined) headers.set("if-match", `"${ifMatch}"`);
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
  const content = body === undefined ? rawBody : JSON.stringify(body);
  try {
    return await fetch(`${path}${queryText(request.query)}`, {
      method,
      headers,
      signal,
      ...(content === undefined ? {} : { body: content }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({
      code: "offline",
      status: 0,
      detail:
        "The server cannot be reached. What you typed is still here; try again when the connection is back.",
    });
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const schema = await schemaFrom(problems(({ problemSchema }) => problemSchema));
  const parsed = schema?.safeParse(await response.json().catch(() => undefined));
  if (parsed?.success) return new ApiProblem(parsed.data as z.output<typeof problemSchema>);
  return new ApiProblem({
    code: "internal",
    status: response.status,
    detail: `The server answered with an error (${response.status}) and no words. Try again in a moment.`,
  });
}

function queryText(query: ApiRequest<undefined>["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

/** Words for any error a request ended with, to show where the action was. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiProblem ? error.detail : "Something went wrong on this page. Load it again.";
}

/** The message for one field of a form: the first problem at its path. */
export function fieldErrorOf(error: unknown, path: string): string | null {
  if (!(error instanceof ApiProblem)) return null;
  return error.errors.find((problem) => problem.path === path)?.message ?? null;
}
