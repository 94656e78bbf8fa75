import type { z } from "zod";
import { AppError } from "@/lib/contracts/errors";
import type { AnyRoute } from "./define-route";
import { fieldProblems, invalidInput } from "./problem";

/** Path, query and body of a request, each against its schema. Throws `invalid-input` or `payload-too-large`. */
export interface ParsedRequest {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  /** The body's bytes; empty where the route takes none. */
  raw: Uint8Array;
}

const EMPTY = new Uint8Array();

export async function readRequest(
  request: Request,
  route: AnyRoute,
  params: Record<string, string>,
): Promise<ParsedRequest> {
  const query = parseQuery(request, route);
  const takesBody = route.body !== undefined || route.rawBody === true;
  const raw = takesBody ? await readBytes(request, route.bodyLimitBytes) : EMPTY;
  return { params, query, body: route.body ? parseBody(raw, route.body) : undefined, raw };
}

/** The path's parameters as one string each. Throws `not-found` when Next gave none, which no caller can mend. */
export function readParams(given: unknown, route: AnyRoute): Record<string, string> {
  const values = (given ?? {}) as Record<string, string | string[] | undefined>;
  return Object.fromEntries(
    route.paramNames.map((name) => {
      const value = values[name];
      const text = Array.isArray(value) ? value.join("/") : value;
      if (text === undefined || text === "")
        throw new AppError("not-found", "There is nothing at this address.");
      return [name, decodeParam(text)];
    }),
  );
}

/** Next hands parameters over percent-encoded where they hold a reserved character, such as the @ of name@alias. */
function decodeParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // a lone percent sign: the text is meant as it is
    return text;
  }
}

function parseQuery(request: Request, route: AnyRoute): unknown {
  if (!route.query) return undefined;
  const given: Record<string, string | string[]> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    const before = given[name];
    given[name] = before === undefined ? value : [before, value].flat();
  }
  const parsed = route.query.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidInput(fieldProblems(parsed.error, "query"));
}

function parseBody(raw: Uint8Array, schema: z.ZodType): unknown {
  const parsed = schema.safeParse(parseJson(raw));
  if (parsed.success) return parsed.data;
  throw invalidInput(fieldProblems(parsed.error));
}

function parseJson(raw: Uint8Array): unknown {
  if (raw.byteLength === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch (cause) {
    throw new AppError("invalid-input", "The body is no JSON in UTF-8. Nothing was saved.", {
      errors: [{ path: "", message: "not JSON" }],
      cause,
    });
  }
}

/** The whole body. Throws `payload-too-large` as soon as it is larger than `limit` bytes. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limit) throw tooLarge(limit);
  if (!request.body) return EMPTY;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(limit: number): AppError {
  const megabytes = Math.max(1, Math.round(limit / (1024 * 1024)));
  return new AppError(
    "payload-too-large",
    `The body is larger than ${megabytes} MB. Send it in several parts. Nothing was saved.`,
  );
}
