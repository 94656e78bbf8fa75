/**
 * The paths of the accounts' library that this product uses. All others (changes of address, links between accounts,
 * lists of sessions …) have forms and checks of their own here, with an entry in the audit log, or do not exist.
 */
const OPEN: readonly { method: string; path: string }[] = [
  { method: "POST", path: "/api/auth/sign-in/email" },
  { method: "POST", path: "/api/auth/sign-in/social" },
  { method: "POST", path: "/api/auth/sign-out" },
  { method: "GET", path: "/api/auth/get-session" },
  { method: "GET", path: "/api/auth/callback/oidc" },
];

export function isOpenAuthPath(method: string, pathname: string): boolean {
  return OPEN.some((open) => open.method === method && open.path === pathname);
}
