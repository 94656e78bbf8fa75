/** A successful answer that needs more than its data: another status, headers, a validator. */
export class HttpReply<Data> {
  readonly data: Data;
  readonly options: ReplyOptions;

  constructor(data: Data, options: ReplyOptions) {
    this.data = data;
    this.options = options;
  }
}

export interface ReplyOptions {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** Strong validator without its quotes: a content hash or a revision. A GET that already has it is answered 304. */
  etag?: string;
  /** Default `no-store`; private data is never kept unless a route says so. */
  cacheControl?: string;
}

export function reply<Data>(data: Data, options: ReplyOptions): HttpReply<Data> {
  return new HttpReply(data, options);
}

/** Made something: 201, and where it is. */
export function created<Data>(data: Data, location?: string): HttpReply<Data> {
  return new HttpReply(data, { status: 201, headers: location ? { location } : {} });
}

/** An object that may be edited: its revision is what `If-Match` must name. */
export function withRevision<Data extends { revision: number }>(data: Data): HttpReply<Data> {
  return new HttpReply(data, { etag: String(data.revision), cacheControl: "private, no-cache" });
}

/** Turns the outcome of a use case into a response; 304 when the caller has it already. */
export function jsonResponse(request: Request, outcome: HttpReply<unknown>, status: number): Response {
  const { options, data } = outcome;
  const headers = new Headers(options.headers);
  headers.set("cache-control", options.cacheControl ?? "no-store");
  headers.set("x-content-type-options", "nosniff");
  if (options.etag !== undefined) headers.set("etag", `"${options.etag}"`);
  if (options.etag !== undefined && isKnown(request, options.etag))
    return new Response(null, { status: 304, headers });
  const finalStatus = options.status ?? status;
  if (finalStatus === 204 || data === undefined)
    return new Response(null, { status: finalStatus === 200 ? 204 : finalStatus, headers });
  headers.set("content-type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(data), { status: finalStatus, headers });
}

/** Entity tags of a header, unquoted; a weak tag counts as its strong one (our tags name content, not bytes). */
export function parseEtags(header: string): string[] {
  return header
    .split(",")
    .map((tag) =>
      tag
        .trim()
        .replace(/^W\//, "")
        .replace(/^"(.*)"$/, "$1"),
    )
    .filter((tag) => tag !== "");
}

function isKnown(request: Request, etag: string): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const header = request.headers.get("if-none-match");
  if (header === null) return false;
  return header.trim() === "*" || parseEtags(header).includes(etag);
}
