import "server-only";
import type { Session } from "@/db/repos/sessions.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type { ChangePasswordInput, SessionView } from "@/lib/contracts/people";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { baseUrlOf } from "../env";
import { resetMail } from "../mail/mail-texts";
import type { Mailer } from "../mail/mailer";
import type { ServiceDeps } from "../service-deps";
import type { AuthDeps, AuthService } from "./auth.service";
import { deviceWords } from "./device-words";
import { makeResetToken, personOfResetToken } from "./reset-token";
import { setPassword } from "./set-password";

type Deps = AuthDeps & Pick<ServiceDeps, "log">;
type Person = Extract<Actor, { kind: "user" }>;

/** What people do with their own accounts: name, password, where they are signed in. */
export function createAccountService(deps: Deps, authService: AuthService, mailer: Mailer | null) {
  const { repos, now } = deps;
  const here = async (headers: Headers): Promise<{ actor: Person; session: Session }> => {
    const found = await authService.signedIn(headers);
    if (!found) throw new AppError("not-signed-in", "Sign in first.");
    return found;
  };
  const note = (actor: Person, action: AuditAction, details: Record<string, string | number> = {}): void =>
    audit(deps, actor, { projectId: null, action, subjectType: "user", subjectId: actor.userId, details });

  return {
    canMail: mailer !== null,

    /** Where the person is signed in, newest first. */
    async sessions(headers: Headers): Promise<SessionView[]> {
      const { actor, session } = await here(headers);
      return repos.sessions.listOf(actor.userId, now()).map((one) => sessionView(one, session.id));
    },

    async endSession(headers: Headers, sessionId: string): Promise<void> {
      const { actor } = await here(headers);
      if (repos.sessions.byId(sessionId)?.userId !== actor.userId)
        throw new AppError("not-found", "You are not signed in there (any more).");
      repos.transaction(() => {
        repos.sessions.end(sessionId);
        note(actor, "session-ended");
      });
    },

    /** Everywhere but here. @returns how many ended */
    async endOthers(headers: Headers): Promise<number> {
      const { actor, session } = await here(headers);
      return repos.transaction(() => {
        const ended = repos.sessions.endOf(actor.userId, session.id);
        note(actor, "sessions-ended", { ended });
        return ended;
      });
    },

    /** Says that others use this device too, or that they do not. */
    async setShared(headers: Headers, isShared: boolean): Promise<void> {
      const { session } = await here(headers);
      repos.sessions.note(session.id, { isShared, lastActiveAt: now() });
    },

    /** The person did something: a shared device's ten quiet minutes begin anew. */
    async touch(headers: Headers): Promise<void> {
      const { session } = await here(headers);
      if (session.isShared) repos.sessions.note(session.id, { lastActiveAt: now() });
    },

    async rename(headers: Headers, name: string): Promise<void> {
      const { actor } = await here(headers);
      repos.transaction(() => {
        repos.users.change(actor.userId, { name }, now());
        note(actor, "person-renamed", { from: actor.name, to: name });
      });
    },

    /** Ends all other sessions too. @returns headers that keep this one signed in */
    changePassword: async (headers: Headers, input: ChangePasswordInput): Promise<Headers> =>
      changePassword(deps, authService, await here(headers), headers, input),

    /** Mails a link when there is such an account and a mail server. Says nothing about either. */
    requestReset: (email: string): Promise<void> => requestReset(deps, authService, mailer, email),

    /** Whether a reset link still works. */
    isResetOpen: (token: string): boolean => personOfResetToken(token, deps) !== null,

    /** Sets the password and signs the person out everywhere. Throws `link-invalid`. */
    reset: (token: string, password: string): Promise<void> => reset(deps, authService, token, password),
  };
}

async function reset(deps: Deps, authService: AuthService, token: string, password: string): Promise<void> {
  const userId = personOfResetToken(token, deps);
  const person = userId === null ? null : deps.repos.users.byId(userId);
  const self = userId === null ? null : authService.userActor(userId);
  if (!person || !self)
    throw new AppError(
      "link-invalid",
      "This link has been used or is too old. Ask for a new one; your password was not changed.",
    );
  await setPassword(self, { email: person.email, password }, { ...deps, auth: authService.parts.auth });
  authService.parts.limits.account.clear(person.email);
}

async function changePassword(
  deps: Deps,
  { parts }: AuthService,
  { actor }: { actor: Person },
  headers: Headers,
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<Headers> {
  const waitMs = parts.limits.account.take(`password of ${actor.userId}`, deps.now());
  if (waitMs !== null) {
    const retryAfterSeconds = Math.ceil(waitMs / 1_000);
    const detail = `Too many tries. Try again in ${retryAfterSeconds} seconds; your password was not changed.`;
    throw new AppError("rate-limited", detail, { extra: { retryAfterSeconds } });
  }
  const body = { currentPassword, newPassword, revokeOtherSessions: true };
  const response = await parts.auth().api.changePassword({ body, headers, asResponse: true });
  if (!response.ok) {
    throw new AppError(
      "invalid-input",
      "The password that you have now is another one. Nothing was changed.",
      {
        errors: [{ path: "currentPassword", message: "is wrong" }],
      },
    );
  }
  const act = { projectId: null, subjectType: "user", subjectId: actor.userId };
  audit(deps, actor, { ...act, action: "password-changed" });
  const cookies = new Headers();
  for (const cookie of response.headers.getSetCookie()) cookies.append("set-cookie", cookie);
  return cookies;
}

async function requestReset(
  deps: Deps,
  { parts }: AuthService,
  mailer: Mailer | null,
  email: string,
): Promise<void> {
  const waitMs = parts.limits.account.take(`reset of ${email}`, deps.now());
  const person = deps.repos.users.byEmail(email);
  if (!mailer || !person || person.closedAt !== null || waitMs !== null) return;
  const { token } = makeResetToken(person.id, deps);
  const link = `${baseUrlOf(deps.env)}/reset?token=${token}`;
  // not waited for: how long it takes would tell whether there is such an account
  void mailer
    .send(resetMail({ email: person.email, link }))
    .catch((error: unknown) =>
      deps.log.warn({ err: error, userId: person.id }, "a reset link could not be mailed"),
    );
}

function sessionView(session: Session, currentId: string): SessionView {
  const { id, userAgent, address, isShared, linkId, startedAt, expiresAt } = session;
  return {
    id,
    isCurrent: id === currentId,
    device: deviceWords(userAgent),
    address,
    isShared,
    byLink: linkId !== null,
    startedAt,
    expiresAt,
  };
}
