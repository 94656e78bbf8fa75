import "server-only";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { nextCookies } from "better-auth/next-js";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import type { Database } from "@/db/client";
import { account, session, user, verification } from "@/db/schema/auth";
import { type Env, isLoopbackHost } from "../env";
import { signInAs } from "./sign-in-as";
import type { SignInLimits } from "./sign-in-limit";

export interface AuthServerOptions {
  database: Database;
  env: Env;
  /** Signs session cookies. */
  secret: string;
  limits: SignInLimits;
  /** Whether the account with this address may not be entered any more. */
  isClosed(email: string): boolean;
  /** Somebody has just signed in on a device that others use too. */
  noteShared(sessionId: string): void;
  now(): number;
  newId(prefix: string): string;
}

const SIGN_IN_PATH = "/sign-in/email";
/** Name of single sign-on in addresses: the callback to register there is /api/auth/callback/oidc. */
export const OIDC_PROVIDER = "oidc";
/** Set by this server for every request (lib/services/http-address); a caller cannot. */
export const ADDRESS_HEADER = "x-touchstone-address";
/** Sent by the sign-in form when others use the device too. */
const SHARED_HEADER = "x-touchstone-shared-device";
const idPrefixes: Readonly<Record<string, string>> = {
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "ver",
};

/** The accounts' library on our tables: e-mail and password, sessions in the database, no sign-up by strangers. */
export function createAuthServer(options: AuthServerOptions) {
  const { database, env, secret, newId } = options;
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
    account: {
      encryptOAuthTokens: true,
      // An account made for an address is opened by single sign-on only when that address is known to be its person's.
      accountLinking: { requireLocalEmailVerified: true },
    },
    onAPIError: { errorURL: "/sign-in" },
    user: { additionalFields: { isServerAdmin: { type: "boolean", input: false, defaultValue: false } } },
    advanced: {
      cookiePrefix: "touchstone",
      // the library leaves this check out in tests unless told
      disableOriginCheck: false,
      useSecureCookies: publicUrl?.protocol === "https:",
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: ({ model }) => newId(idPrefixes[model] ?? "aut") },
    },
    // its own limit goes by an address that a header can forge; ours go by account and by the socket's address
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    hooks: signInHooks(options),
    plugins: [...singleSignOn(env), signInAs(), nextCookies()],
  });
}

export type AuthServer = ReturnType<typeof createAuthServer>;

/** Limits, closed accounts and shared devices, round the sign-in with a password. */
function signInHooks({ limits, isClosed, noteShared, now }: AuthServerOptions) {
  return {
    before: createAuthMiddleware(async (context) => {
      if (context.path !== SIGN_IN_PATH) return;
      const email = emailOf(context.body);
      const address = context.headers?.get(ADDRESS_HEADER) ?? "";
      const byAccount = limits.account.take(email, now());
      if (byAccount !== null) throw tooManyTries("this account", byAccount);
      const byAddress = address === "" ? null : limits.address.take(address, now());
      if (byAddress !== null) throw tooManyTries("this address", byAddress);
      // the same words as for a wrong password: whether an account exists is nobody's business
      if (isClosed(email)) throw new APIError("UNAUTHORIZED", { code: "INVALID_EMAIL_OR_PASSWORD" });
    }),
    after: createAuthMiddleware(async (context) => {
      if (context.path !== SIGN_IN_PATH || context.context.returned instanceof APIError) return;
      limits.account.clear(emailOf(context.body));
      const sessionId = context.context.newSession?.session.id;
      if (sessionId !== undefined && context.headers?.get(SHARED_HEADER) === "1") noteShared(sessionId);
    }),
  };
}

/** Single sign-on of an OpenID provider, when its three variables are set. It opens accounts; it never makes any. */
function singleSignOn({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Env) {
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    genericOAuth({
      config: [
        {
          providerId: OIDC_PROVIDER,
          discoveryUrl: `${OIDC_ISSUER.replace(/\/+$/, "")}/.well-known/openid-configuration`,
          clientId: OIDC_CLIENT_ID,
          clientSecret: OIDC_CLIENT_SECRET,
          scopes: ["openid", "email", "profile"],
          pkce: true,
          disableSignUp: true,
          requireIdTokenVerification: true,
        },
      ],
    }),
  ];
}

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

function tooManyTries(what: string, waitMs: number): APIError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new APIError(
    "TOO_MANY_REQUESTS",
    { code: "rate-limited", message: `Too many tries for ${what}. Try again in ${seconds} seconds.` },
    { "retry-after": String(seconds) },
  );
}
