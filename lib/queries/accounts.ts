import { z } from "zod";
import type { SetupInput } from "@/lib/contracts/accounts";
import { ApiProblem, apiFetch } from "./api-fetch";

/** Makes the first account and signs it in. */
export function completeSetup(input: SetupInput): Promise<{ userId: string }> {
  return apiFetch("/api/v1/setup", { method: "POST", body: input, schema: z.object({ userId: z.string() }) });
}

const refusalSchema = z.object({ code: z.string().default(""), message: z.string().default("") });

/** Signs in with e-mail and password. Throws `ApiProblem`, which never says whether the account exists. */
export async function signIn(email: string, password: string, isShared: boolean): Promise<void> {
  const response = await fetch("/api/auth/sign-in/email", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(isShared ? { "x-touchstone-shared-device": "1" } : {}),
    },
    body: JSON.stringify({ email, password }),
  }).catch(() => null);
  if (response?.ok) return;
  throw await signInProblem(response);
}

const elsewhereSchema = z.object({ url: z.string() });

/** The page of the organisation's sign-in, to go to. @param next path of this server to open afterwards */
export async function signInWithSingleSignOn(next: string): Promise<string> {
  const response = await fetch("/api/auth/sign-in/social", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "oidc", callbackURL: next, errorCallbackURL: "/sign-in" }),
  }).catch(() => null);
  const answer = elsewhereSchema.safeParse(await response?.json().catch(() => null));
  if (response?.ok && answer.success) return answer.data.url;
  throw new ApiProblem({
    code: "connection-failed",
    status: response?.status ?? 0,
    detail: "The sign-in of your organisation does not answer. Try again, or use your password.",
  });
}

async function signInProblem(response: Response | null): Promise<ApiProblem> {
  if (response === null) {
    return new ApiProblem({
      code: "offline",
      status: 0,
      detail: "The server cannot be reached. Try again when the connection is back.",
    });
  }
  const { status } = response;
  const refusal = refusalSchema.safeParse(await response.json().catch(() => ({}))).data;
  if (status === 429)
    return new ApiProblem({
      code: "rate-limited",
      status,
      detail: refusal?.message || "Too many tries. Wait a minute.",
    });
  if (status === 400 || status === 401) {
    return new ApiProblem({
      code: "not-signed-in",
      status,
      detail: "E-mail or password is wrong. Both count: check them and try again.",
    });
  }
  if (status === 403) {
    return new ApiProblem({
      code: "forbidden",
      status,
      detail:
        "This server does not know the address in your browser. Whoever runs it can set it as TOUCHSTONE_URL.",
    });
  }
  return new ApiProblem({
    code: "internal",
    status,
    detail: "The server could not sign you in. Try again in a moment.",
  });
}
