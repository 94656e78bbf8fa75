import "server-only";
import type { Database } from "@/db/client";
import type { Me, SetupInput } from "@/lib/contracts/accounts";
import type { Actor } from "@/lib/contracts/permissions";
import { authorizeServerAdmin } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { createAccount, type NewAccount } from "./accounts";
import { actorOf, userActor } from "./actor";
import { type AuthServer, createAuthServer } from "./auth-server";
import { createFirstRun } from "./first-run";
import { isFromOwnPages } from "./own-origin";
import { setPassword } from "./set-password";
import { createSignInLimit } from "./sign-in-limit";

export type AuthDeps = Pick<ServiceDeps, "env" | "repos" | "secrets" | "now" | "newId"> & {
  database: Database;
};

export interface AuthService {
  /** Answers everything under /api/auth (sign-in, sign-out, session, password). */
  handle(request: Request): Promise<Response>;
  /** Who sends these headers; null = nobody. Throws `not-signed-in` on a bad key. */
  actorOf(headers: Headers): Promise<Actor | null>;
  /** The actor for a person, for work that is done in their name; null when the account is gone. */
  userActor(userId: string): Extract<Actor, { kind: "user" }> | null;
  isSetUp(): boolean;
  /** The token of the link to print at the start; null when the first run is over. */
  issueSetupToken(): string | null;
  isSetupTokenOpen(token: string): boolean;
  /** Makes the first account and signs it in. @returns its id and the headers that set the session's cookie */
  completeSetup(input: SetupInput, headers: Headers): Promise<{ userId: string; cookies: Headers }>;
  /** Makes an account for somebody else. Server admins only. */
  createUser(actor: Actor, input: NewAccount): Promise<string>;
  /** Sets somebody's password and ends their sessions. Server admins only. Throws `not-found`. @returns the person's name */
  setPassword(actor: Actor, input: { email: string; password: string }): Promise<string>;
  /** Signs a person in without a password: the caller has checked a link that proves who it is. */
  signInAs(userId: string, headers: Headers): Promise<Headers>;
  me(actor: Actor): Me;
}

/** Accounts, sessions and the first run. The accounts' library is made when it is first needed. */
export function createAuthService(deps: AuthDeps): AuthService {
  const limit = createSignInLimit();
  let server: AuthServer | null = null;
  const auth = (): AuthServer => {
    server ??= createAuthServer({ ...deps, secret: deps.secrets.derive("session"), limit });
    return server;
  };
  const accountDeps = { ...deps, auth };
  const firstRun = createFirstRun({
    repos: deps.repos,
    now: deps.now,
    createAdmin: (input, guard) =>
      createAccount({ ...input, isServerAdmin: true }, accountDeps, { by: null, guard }),
  });
  const signInAs = async (userId: string, headers: Headers): Promise<Headers> => {
    const response = await auth().api.signInAs({ body: { userId }, headers, asResponse: true });
    const cookies = new Headers();
    for (const cookie of response.headers.getSetCookie()) cookies.append("set-cookie", cookie);
    return cookies;
  };

  return {
    async handle(request) {
      if (isFromOwnPages(request, deps.env.TOUCHSTONE_URL)) return auth().handler(request);
      return Response.json(
        { code: "forbidden", message: "This request came from another site." },
        { status: 403 },
      );
    },
    actorOf: (headers) => actorOf(headers, accountDeps),
    userActor: (userId) => userActor(userId, deps.repos),
    isSetUp: firstRun.isDone,
    issueSetupToken: firstRun.issueToken,
    isSetupTokenOpen: firstRun.isTokenOpen,
    async completeSetup(input, headers) {
      const userId = await firstRun.complete(input);
      return { userId, cookies: await signInAs(userId, headers) };
    },
    async createUser(actor, input) {
      authorizeServerAdmin(actor);
      return createAccount(input, accountDeps, { by: actor });
    },
    async setPassword(actor, input) {
      authorizeServerAdmin(actor);
      return setPassword(actor, input, accountDeps);
    },
    signInAs,
    me,
  };
}

function me(actor: Actor): Me {
  const nothing = { isServerAdmin: false, roles: {}, scopes: [] };
  switch (actor.kind) {
    case "user":
      return {
        ...nothing,
        kind: "user",
        id: actor.userId,
        name: actor.name,
        isServerAdmin: actor.isServerAdmin,
        roles: { ...actor.roles },
      };
    case "key":
      return { ...nothing, kind: "key", id: actor.keyId, name: actor.name, scopes: [...actor.scopes] };
    case "system":
      return { ...nothing, kind: "system", id: actor.name, name: actor.name, isServerAdmin: true };
  }
}
