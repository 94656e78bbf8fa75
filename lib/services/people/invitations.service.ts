import "server-only";
import type { Invitation } from "@/db/repos/invitations.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type {
  AcceptInvitationInput,
  CreatedInvitation,
  InvitationView,
  InviteInput,
} from "@/lib/contracts/people";
import type { Actor, Role } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import type { AuthService } from "../auth/auth.service";
import { actorId, authorize } from "../authorize";
import { baseUrlOf } from "../env";
import { invitationMail } from "../mail/mail-texts";
import type { Mailer } from "../mail/mailer";
import type { ServiceDeps } from "../service-deps";

import { hashOfToken, INVITATION_LIFE_MS, linkStateOf, makeToken } from "./links";

/** What somebody who opens an invitation may know before they come in. */
export interface OpenInvitation {
  projectId: string;
  projectName: string;
  role: Role;
  email: string | null;
  invitedBy: string;
}

type Deps = Pick<ServiceDeps, "env" | "repos" | "now" | "newId" | "log">;

/** Links by which people join a project: once each, for a week, with a role that an admin chose. */
export function createInvitationsService(deps: Deps, auth: AuthService, mailer: Mailer | null) {
  const { repos, now } = deps;
  return {
    /** Whether an invitation can be mailed from here. */
    canMail: mailer !== null,

    list(actor: Actor, projectId: string): InvitationView[] {
      authorize(actor, "members:manage", projectId);
      return repos.invitations.list(projectId).map((invitation) => viewOf(deps, invitation));
    },

    /** The link is in the answer and nowhere else. A mail that cannot be sent does not undo the invitation. */
    invite: (actor: Actor, projectId: string, input: InviteInput): Promise<CreatedInvitation> =>
      invite(deps, mailer, actor, projectId, input),

    revoke(actor: Actor, projectId: string, invitationId: string): InvitationView {
      authorize(actor, "members:manage", projectId);
      const invitation = repos.invitations.byId(invitationId);
      if (invitation?.projectId !== projectId)
        throw new AppError("not-found", "This project has no such invitation.");
      if (linkStateOf(invitation, now()) !== "open") return viewOf(deps, invitation);
      repos.transaction(() => {
        repos.invitations.revoke(invitationId, now());
        note(deps, actor, "invitation-revoked", invitation);
      });
      return viewOf(deps, { ...invitation, revokedAt: now() });
    },

    /** What the page behind a link shows; null = the link is unknown, used, revoked or too old. */
    peek(token: string): OpenInvitation | null {
      const invitation = repos.invitations.findOpen(hashOfToken(token), now());
      if (!invitation) return null;
      const { projectId, role, email } = invitation;
      const projectName = repos.projects.byId(projectId)?.name ?? "";
      return { projectId, projectName, role, email, invitedBy: nameOf(deps, invitation.createdBy) };
    },

    /** Somebody who has an account joins with it. @returns the project */
    join(actor: Actor, token: string): { projectId: string } {
      if (actor.kind !== "user" || actor.confinedTo)
        throw new AppError("forbidden", "An invitation is for a person who is signed in.");
      const invitation = openOrThrow(deps, token);
      const own = repos.users.byId(actor.userId)?.email ?? "";
      assertAddressee(invitation, own);
      repos.transaction(() => comeIn(deps, invitation, token, actor));
      return { projectId: invitation.projectId };
    },

    /**
     * Makes the account and joins with it. Without a password the account is opened by single sign-on.
     * @returns the project, and the headers that sign the person in (none without a password)
     */
    accept: (input: AcceptInvitationInput, headers: Headers) => accept(deps, auth, input, headers),
  };
}

async function invite(
  deps: Deps,
  mailer: Mailer | null,
  actor: Actor,
  projectId: string,
  { role, email }: InviteInput,
): Promise<CreatedInvitation> {
  authorize(actor, "members:manage", projectId);
  const { repos, now, newId } = deps;
  assertNotThere(deps, projectId, email);
  const { token, hash } = makeToken();
  const at = now();
  const invitation = {
    id: newId("inv"),
    projectId,
    role,
    email,
    expiresAt: at + INVITATION_LIFE_MS,
    createdBy: actorId(actor),
    createdAt: at,
  };
  repos.transaction(() => {
    repos.invitations.insert({ ...invitation, hash });
    note(deps, actor, "person-invited", invitation);
  });
  const link = `${baseUrlOf(deps.env)}/join?token=${token}`;
  const projectName = repos.projects.byId(projectId)?.name ?? "";
  const mailProblem =
    mailer && email
      ? await mail(deps, mailer, invitation.id, invitationMail({ email, link, projectName, by: actor.name }))
      : null;
  const stored = repos.invitations.byId(invitation.id);
  if (!stored) throw new Error(`invitation ${invitation.id} is gone`);
  return { invitation: viewOf(deps, stored), link, mailProblem };
}

/** @returns why it could not be sent; null = it was */
async function mail(
  { repos, now, log }: Deps,
  mailer: Mailer,
  invitationId: string,
  message: Parameters<Mailer["send"]>[0],
): Promise<string | null> {
  try {
    await mailer.send(message);
    repos.invitations.noteMailed(invitationId, now());
    return null;
  } catch (error) {
    log.warn({ err: error, invitationId }, "an invitation could not be mailed");
    return "The mail server did not take it. The invitation stands: copy the link and send it yourself.";
  }
}

async function accept(
  deps: Deps,
  auth: AuthService,
  { token, name, email, password }: AcceptInvitationInput,
  headers: Headers,
): Promise<{ projectId: string; cookies: Headers | null }> {
  const invitation = openOrThrow(deps, token);
  assertAddressee(invitation, email);
  if (password === null && (!auth.hasSingleSignOn || invitation.email === null)) {
    throw new AppError("invalid-input", "Choose a password. Nothing was saved.", {
      errors: [{ path: "password", message: "is missing" }],
    });
  }
  const userId = await auth.createInvited({ name, email, password }, (id) => {
    comeIn(deps, invitation, token, {
      kind: "user",
      userId: id,
      name,
      isServerAdmin: false,
      roles: {},
    });
  });
  const { projectId } = invitation;
  return { projectId, cookies: password === null ? null : await auth.signInAs(userId, headers) };
}

/** Inside a transaction: the first who comes uses the link up, and is a member. A role once given is not lowered. */
function comeIn(
  deps: Deps,
  invitation: Invitation,
  token: string,
  person: Extract<Actor, { kind: "user" }>,
): void {
  const { repos, now } = deps;
  if (!repos.invitations.use(hashOfToken(token), person.userId, now())) throw invalidLink();
  const before = repos.members.roleOf(invitation.projectId, person.userId);
  if (before !== null)
    throw new AppError(
      "conflict",
      "You are in this project already. The link was not used: somebody else can.",
    );
  repos.members.setRole(invitation.projectId, person.userId, invitation.role, now());
  note(deps, person, "invitation-accepted", invitation);
}

function openOrThrow({ repos, now }: Deps, token: string): Invitation {
  const invitation = repos.invitations.findOpen(hashOfToken(token), now());
  if (!invitation) throw invalidLink();
  return invitation;
}

function invalidLink(): AppError {
  return new AppError(
    "link-invalid",
    "This invitation has been used, was taken back, or is too old. Ask whoever sent it for a new one.",
  );
}

function assertAddressee({ email }: Invitation, own: string): void {
  if (email === null || email === own.toLowerCase()) return;
  throw new AppError("forbidden", `This invitation is for ${email}. Nothing was changed.`, {
    errors: [{ path: "email", message: "is not the address that was invited" }],
  });
}

function assertNotThere({ repos }: Deps, projectId: string, email: string | null): void {
  if (email === null) return;
  const there = repos.members.list(projectId).find((member) => member.email === email);
  if (there)
    throw new AppError("conflict", `${there.name} is in this project already, as ${there.role}.`, {
      errors: [{ path: "email", message: "is in this project already" }],
    });
}

function note(
  deps: Deps,
  actor: Actor,
  action: AuditAction,
  { id, projectId, role, email }: Pick<Invitation, "id" | "projectId" | "role" | "email">,
): void {
  audit(deps, actor, {
    projectId,
    action,
    subjectType: "invitation",
    subjectId: id,
    details: { role, email },
  });
}

function viewOf(deps: Deps, invitation: Invitation): InvitationView {
  const { id, role, email, mailedAt, createdAt, expiresAt, usedBy } = invitation;
  return {
    id,
    role,
    email,
    state: linkStateOf(invitation, deps.now()),
    usedBy: usedBy === null ? null : nameOf(deps, usedBy),
    invitedBy: nameOf(deps, invitation.createdBy),
    mailedAt,
    createdAt,
    expiresAt,
  };
}

function nameOf({ repos }: Deps, userId: string): string {
  return repos.users.byId(userId)?.name ?? "the operator of this server";
}
