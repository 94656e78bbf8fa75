import { z } from "zod";
import type { SetupInput } from "@/lib/contracts/accounts";
import { ApiProblem, apiFetch } from "./api-fetch";

/** Makes the first account and signs it in. */
export function completeSetup(input: SetupInput): Promise<{ userId: string }> {
  return apiFetch("/api/v1/setup", { method: "POST", body: input, schema: z.object({ userId: z.string() }) });
}

const refusalSchema = z.object({ code: z.string().default(""), message: z.string().default("") });

/** Signs in with e-mail and password. Throws `ApiProblem`, which never says whether the account exists. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await fetch("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  }).catch(() => null);
  if (response?.ok) return;
  throw await signInProblem(response);
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
