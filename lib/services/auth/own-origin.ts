/**
 * Whether a write was sent by a page of this server, or by no page at all. The accounts' library checks origins too, but
 * against the hosts it is told of, which on a server without a public URL are all.
 */
export function isFromOwnPages(request: Request, publicUrl: string | undefined): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") !== "cross-site";
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
}
