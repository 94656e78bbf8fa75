import "server-only";
import type { Database } from "@/db/client";
import type { Session } from "@/db/repos/sessions.repo";
import type { Me, SetupInput } from "@/lib/contracts/accounts";
import type { Actor } from "@/lib/contracts/permissions";
import { authorizeServerAdmin } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { createAccount, type NewAccount } from "./accounts";
import { actorOf, signedIn, userActor } from "./actor";
import { type AuthServer, createAuthServer } from "./auth-server";
import { createFirstRun } from "./first-run";
import { isOpenAuthPath } from "./open-auth-paths";
import { isFromOwnPages } from "./own-origin";
import { setPassword } from "./set-password";
import { createSignInLimits, type SignInLimits } from "./sign-in-limit";

export type AuthDeps = Pick<ServiceDeps, "env" | "repos" | "secrets" | "now" | "newId"> & {
  database: Database;
};
type Person = Extract<Actor, { kind: "user" }>;

export interface AuthService {
  /** Answers under /api/auth: sign-in, sign-out, session, single sign-on. The library's other paths are shut. */
  handle(request: Request): Promise<Response>;
  /** Who sends these headers; null = nobody. Throws `not-signed-in` on a bad key. */
  actorOf(headers: Headers): Promise<Actor | null>;
  /** The person of the session cookie with the session; null = nobody. */
  signedIn(headers: Headers): Promise<{ actor: Person; session: Session } | null>;
  /** The actor for a person, for work that is done in their name; null when the account is gone or closed. */
  userActor(userId: string): Person | null;
  isSetUp(): boolean;
  /** Whether an OpenID provider is configured. */
  hasSingleSignOn: boolean;
  /** The token of the link to print at the start; null when the first run is over. */
  issueSetupToken(): string | null;
  isSetupTokenOpen(token: string): boolean;
  /** Makes the first account and signs it in. @returns its id and the headers that set the session's cookie */
  completeSetup(input: SetupInput, headers: Headers): Promise<{ userId: string; cookies: Headers }>;
  /** Makes an account for somebody else. Server admins only. */
  createUser(actor: Actor, input: NewAccount): Promise<string>;
  /** Makes the account of somebody who was invited; `then` runs in the same transaction and may refuse. @returns its id */
  createInvited(input: Omit<NewAccount, "isServerAdmin">, then: (userId: string) => void): Promise<string>;
  /** Sets somebody's password and ends their sessions. Server admins only. Throws `not-found`. @returns the person's name */
  setPassword(actor: Actor, input: { email: string; password: string }): Promise<string>;
  /** Signs a person in without a password: the caller has checked a link that proves who it is. */
  signInAs(
    userId: string,
    headers: Headers,
    facts?: { linkId?: string; isShared?: boolean },
  ): Promise<Headers>;
  me(actor: Actor): Me;
  /** What the person's own pages share with sign-in: the library, and the limit of tries. */
  parts: { auth(): AuthServer; limits: SignInLimits };
}

/** Accounts, sessions and the first run. The accounts' library is made when it is first needed. */
export function createAuthService(deps: AuthDeps): AuthService {
  const { env, repos, now } = deps;
  const limits = createSignInLimits();
  let server: AuthServer | null = null;
  const auth = (): AuthServer => {
    server ??= createAuthServer({
      ...deps,
      secret: deps.secrets.derive("session"),
      limits,
      isClosed: (email) => (repos.users.byEmail(email)?.closedAt ?? null) !== null,
      noteShared: (sessionId) => repos.sessions.note(sessionId, { isShared: true, lastActiveAt: now() }),
    });
    return server;
  };
  const accountDeps = { ...deps, auth };
  const firstRun = createFirstRun({
    repos,
    now,
    createAdmin: (input, guard) =>
      createAccount({ ...input, isServerAdmin: true }, accountDeps, { by: null, guard }),
  });
  const signInAs: AuthService["signInAs"] = async (userId, headers, facts) => {
    const response = await auth().api.signInAs({ body: { userId }, headers, asResponse: true });
    const cookies = new Headers();
    for (const cookie of response.headers.getSetCookie()) cookies.append("set-cookie", cookie);
    const { sessionId } = (await response.json()) as { sessionId: string };
    if (facts) repos.sessions.note(sessionId, { ...facts, lastActiveAt: now() });
    return cookies;
  };

  return {
    handle: (request) => handle(request, auth, env.TOUCHSTONE_URL),
    actorOf: (headers) => actorOf(headers, accountDeps),
    signedIn: (headers) => signedIn(headers, accountDeps),
    userActor: (userId) => userActor(userId, repos),
    isSetUp: firstRun.isDone,
    hasSingleSignOn: Boolean(env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET),
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
    createInvited: (input, then) =>
      createAccount({ ...input, isServerAdmin: false }, accountDeps, {
        by: { kind: "system", name: "invitation" },
        then,
      }),
    async setPassword(actor, input) {
      authorizeServerAdmin(actor);
      return setPassword(actor, input, accountDeps);
    },
    signInAs,
    me,
    parts: { auth, limits },
  };
}

async function handle(
  request: Request,
  auth: () => AuthServer,
  publicUrl: string | undefined,
): Promise<Response> {
  if (!isOpenAuthPath(request.method, new URL(request.url).pathname))
    return Response.json({ code: "not-found", message: "There is no such path." }, { status: 404 });
  if (isFromOwnPages(request, publicUrl)) return auth().handler(request);
  return Response.json(
    { code: "forbidden", message: "This request came from another site." },
    { status: 403 },
  );
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
