/**
 * Where to go after signing in: the path of this server that was asked for, else Home. Another host is never gone to,
 * however the text is written: a link to sign-in must not become a link to elsewhere.
 */
export function safeNextPath(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/") || /[\\\p{Cc}]/u.test(next)) return "/";
  const base = "http://this.server";
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : "/";
}
