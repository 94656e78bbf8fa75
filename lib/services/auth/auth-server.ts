import "server-only";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { nextCookies } from "better-auth/next-js";
import type { Database } from "@/db/client";
import { account, session, user, verification } from "@/db/schema/auth";
import { type Env, isLoopbackHost } from "../env";
import { signInAs } from "./sign-in-as";
import type { SignInLimit } from "./sign-in-limit";

export interface AuthServerOptions {
  database: Database;
  env: Env;
  /** Signs session cookies. */
  secret: string;
  limit: SignInLimit;
  now(): number;
  newId(prefix: string): string;
}

const SIGN_IN_PATH = "/sign-in/email";
const idPrefixes: Readonly<Record<string, string>> = {
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "ver",
};

/** The accounts' library on our tables: e-mail and password, sessions in the database, no sign-up by strangers. */
export function createAuthServer({ database, env, secret, limit, now, newId }: AuthServerOptions) {
  const publicUrl = env.TOUCHSTONE_URL ? new URL(env.TOUCHSTONE_URL) : null;
  return betterAuth({
    appName: "Touchstone",
    basePath: "/api/auth",
    baseURL: {
      allowedHosts: allowedHosts(env),
      protocol: "http",
      fallback: publicUrl?.origin ?? `http://localhost:${env.PORT}`,
    },
    trustedOrigins: publicUrl ? [publicUrl.origin] : [],
    secret,
    database: drizzleAdapter(database.db, {
      provider: "sqlite",
      schema: { user, session, account, verification },
      transaction: false,
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: { additionalFields: { isServerAdmin: { type: "boolean", input: false, defaultValue: false } } },
    advanced: {
      cookiePrefix: "touchstone",
      // the library leaves this check out in tests unless told
      disableOriginCheck: false,
      useSecureCookies: publicUrl?.protocol === "https:",
      database: { generateId: ({ model }) => newId(idPrefixes[model] ?? "aut") },
    },
    // its own limit goes by address, which a header can forge; ours goes by account
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path !== SIGN_IN_PATH) return;
        const waitMs = limit.take(emailOf(context.body), now());
        if (waitMs !== null) throw tooManyTries(waitMs);
      }),
      after: createAuthMiddleware(async (context) => {
        const hasSignedIn = context.path === SIGN_IN_PATH && !(context.context.returned instanceof APIError);
        if (hasSignedIn) limit.clear(emailOf(context.body));
      }),
    },
    plugins: [signInAs(), nextCookies()],
  });
}

export type AuthServer = ReturnType<typeof createAuthServer>;

/**
 * Hosts under which this server may be addressed. A server that answers beyond loopback without a public URL cannot know
 * its names, so it takes what it is called by; writes are then still held to that same origin.
 */
function allowedHosts(env: Env): string[] {
  const loopback = ["localhost:*", "127.0.0.1:*", "[::1]:*", "localhost", "127.0.0.1", "[::1]"];
  if (env.TOUCHSTONE_URL) return [...loopback, new URL(env.TOUCHSTONE_URL).host];
  return isLoopbackHost(env.HOST) ? loopback : ["*"];
}

function emailOf(body: unknown): string {
  const email = (body as { email?: unknown } | undefined)?.email;
  return typeof email === "string" ? email : "";
}

function tooManyTries(waitMs: number): APIError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new APIError(
    "TOO_MANY_REQUESTS",
    { code: "rate-limited", message: `Too many tries for this account. Try again in ${seconds} seconds.` },
    { "retry-after": String(seconds) },
  );
}
