import "server-only";
import type { z } from "zod";
import type { FetchLike } from "@/lib/llm";

/** How the server is reached; the token is open, for the moment of use. */
export interface MlflowServer {
  url: string;
  username: string | null;
  token: string | null;
}

/**
 * A call that was not answered with success.
 * @property status null when no answer came
 * @property isAbsent the server has no such route: it is older, or lacks the service
 */
export class MlflowError extends Error {
  override readonly name = "MlflowError";
  constructor(
    message: string,
    readonly status: number | null,
    readonly code: string,
    readonly isAbsent = false,
  ) {
    super(message);
  }

  /** Whether a later try may go better: no answer, a busy or a broken server. */
  get mayPass(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

interface Call {
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is. */
  raw?: { text: string; type: string };
}

export interface MlflowClient {
  /** Path under `/api/`, such as `2.0/mlflow/runs/create`. Throws `MlflowError`. */
  call<Schema extends z.ZodType>(
    method: "GET" | "POST" | "PATCH" | "PUT",
    path: string,
    schema: Schema,
    call?: Call,
  ): Promise<z.output<Schema>>;
  /** The server's version as it says itself; null when it does not. */
  version(): Promise<string | null>;
}

const TIME_LIMIT_MS = 30_000;
const MOST_BYTES = 50 * 1024 * 1024;

/** MLflow's REST API, through the fetch that checks addresses. Redirects are not followed. */
export function createMlflowClient(
  fetch: FetchLike,
  server: MlflowServer,
  signal: AbortSignal,
): MlflowClient {
  const base = server.url.replace(/\/+$/, "");
  const ask = async (method: string, path: string, call: Call = {}): Promise<Response> => {
    const query = call.query ? `?${new URLSearchParams(call.query)}` : "";
    const body = call.raw?.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const type = call.raw?.type ?? "application/json";
    try {
      return await fetch(`${base}/${path}${query}`, {
        method,
        headers: {
          "user-agent": "Touchstone-MLflow/1",
          accept: "application/json",
          ...authorizationOf(server),
          ...(body === undefined ? {} : { "content-type": type }),
        },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new MlflowError(troubleOf(error), null, "NO_ANSWER");
    }
  };
  return {
    call: async (method, path, schema, call) => {
      const response = await ask(method, `api/${path}`, call);
      const text = await textOf(response);
      if (!response.ok) throw refusalOf(response.status, text, path);
      const parsed = schema.safeParse(jsonOf(text) ?? {});
      if (parsed.success) return parsed.data;
      throw new MlflowError(
        `It answered ${path} in a form that is not known.`,
        response.status,
        "UNKNOWN_FORM",
      );
    },
    version: async () => {
      const response = await ask("GET", "version");
      const text = (await textOf(response)).trim();
      return response.ok && /^\d+\.\d+[\w.+-]*$/.test(text) ? text : null;
    },
  };
}

function authorizationOf({ username, token }: MlflowServer): Record<string, string> {
  if (token === null) return {};
  if (username === null) return { authorization: `Bearer ${token}` };
  return { authorization: `Basic ${Buffer.from(`${username}:${token}`, "utf8").toString("base64")}` };
}

/** At most so much that memory holds it. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES)
      throw new MlflowError("Its answer is larger than 50 MB.", response.status, "TOO_LARGE");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Names of errors that say: the route is there, the thing is not. */
const MISSING_THING = new Set(["RESOURCE_DOES_NOT_EXIST", "NOT_FOUND"]);

function refusalOf(status: number, text: string, path: string): MlflowError {
  const { error_code: code = "", message = "" } = (jsonOf(text) ?? {}) as {
    error_code?: string;
    message?: string;
  };
  const isAbsent = [404, 405, 501].includes(status) && !MISSING_THING.has(code);
  if (status >= 300 && status < 400)
    return new MlflowError(
      `It answered ${status}; redirects are not followed. Write the address it redirects to.`,
      status,
      code,
    );
  if (status === 401 || status === 403)
    return new MlflowError(`It refused the token (${status}). ${message}`.trim(), status, code);
  const what = message === "" ? `It answered ${status} to ${path}.` : `It answered ${status}: ${message}`;
  return new MlflowError(what.slice(0, 1_000), status, code, isAbsent);
}

/** Why nothing came back. The address guard's refusal must not look like a server that is away. */
function troubleOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return `It did not answer within ${TIME_LIMIT_MS / 1_000} seconds.`;
  const codes: (string | undefined)[] = [];
  for (let at: unknown = error; at instanceof Error && codes.length < 5; at = at.cause)
    codes.push((at as { code?: string }).code);
  if (codes.includes("ERR_ADDRESS_NOT_ALLOWED"))
    return "This server may not call that address: it is private. Name its host in TOUCHSTONE_ALLOW_HOSTS.";
  if (codes.includes("ECONNREFUSED")) return "Nothing listens at that address.";
  if (codes.includes("ENOTFOUND") || codes.includes("EAI_AGAIN"))
    return "The host of that address is not known.";
  const code = codes.find((one) => one !== undefined);
  return `The connection failed${code ? ` (${code})` : ""}.`;
}
