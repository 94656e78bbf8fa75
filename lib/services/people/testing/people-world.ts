import type { TestServices } from "../../testing/test-services";

export const HOST = "127.0.0.1:3000";
export const PASSWORD = "correct horse battery";

/** Headers of a page of this server; with the cookies of an answer, those of a signed-in person. */
export function pageHeaders(cookies?: Headers | null): Headers {
  const headers = new Headers({ host: HOST, origin: `http://${HOST}`, "content-type": "application/json" });
  const cookie = (cookies?.getSetCookie() ?? []).map((line) => line.split(";")[0]).join("; ");
  if (cookie !== "") headers.set("cookie", cookie);
  return headers;
}

/** The token in a link. */
export function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}

/** Signs in with a password; the answer's cookies, or null when it was refused. */
export async function signIn(
  services: TestServices["services"],
  email: string,
  password: string,
  extra: Record<string, string> = {},
): Promise<Headers | null> {
  const headers = pageHeaders();
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  const body = JSON.stringify({ email, password });
  const response = await services.auth.handle(
    new Request(`http://${HOST}/api/auth/sign-in/email`, { method: "POST", headers, body }),
  );
  return response.ok ? response.headers : null;
}
