import "server-only";
import type { PersonalLink } from "@/db/repos/personal-links.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type { CreatedPersonalLink, CreatePersonalLinkInput, PersonalLinkView } from "@/lib/contracts/people";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import type { AuthService } from "../auth/auth.service";
import { actorId, authorize } from "../authorize";
import { baseUrlOf } from "../env";
import type { ServiceDeps } from "../service-deps";
import { hashOfToken, linkStateOf, makeToken, PERSONAL_LINK_LIFE_MS } from "./links";
import { LINK_DOMAIN } from "./signs-in-by";

/** What the page behind a link shows before anything is done. */
export interface OpenPersonalLink {
  personName: string;
  projectName: string;
  waiting: number;
}

type Deps = Pick<ServiceDeps, "env" | "repos" | "now" | "newId">;

/** Links that open one queue for one person: they sign in once, and what they began can be ended. */
export function createPersonalLinksService(deps: Deps, auth: AuthService) {
  const { repos, now } = deps;
  return {
    list(actor: Actor, projectId: string): PersonalLinkView[] {
      authorize(actor, "links:manage", projectId);
      return repos.personalLinks.list(projectId).map((link) => viewOf(deps, link));
    },

    /** The link is in the answer and nowhere else. Somebody new becomes an expert who signs in by links only. */
    create: (actor: Actor, projectId: string, input: CreatePersonalLinkInput): CreatedPersonalLink =>
      create(deps, actor, projectId, input),

    /** Shuts the link and ends what it began, at once. */
    revoke(actor: Actor, projectId: string, linkId: string): PersonalLinkView {
      authorize(actor, "links:manage", projectId);
      const link = repos.personalLinks.byId(linkId);
      if (link?.projectId !== projectId)
        throw new AppError("not-found", "This project has no such personal link.");
      if (link.revokedAt !== null) return viewOf(deps, link);
      repos.transaction(() => {
        repos.personalLinks.revoke(linkId, now());
        repos.sessions.endOfLinks([linkId]);
        note(deps, actor, "personal-link-revoked", link);
      });
      return viewOf(deps, { ...link, revokedAt: now() });
    },

    /** Null = the link is unknown, used, revoked or too old. Looking does not use it: messengers look at links too. */
    peek(token: string): OpenPersonalLink | null {
      const link = repos.personalLinks.findOpen(hashOfToken(token), now());
      if (!link?.queueId) return null;
      return {
        personName: repos.users.byId(link.userId)?.name ?? "",
        projectName: repos.projects.byId(link.projectId)?.name ?? "",
        waiting: repos.queues.progress(link.queueId, link.userId, now()).leftForMe,
      };
    },

    /** Uses the link up and signs its person in, for its queue. @returns where to go and the headers that sign in */
    open: (token: string, headers: Headers, sharedDevice: boolean) =>
      open(deps, auth, token, headers, sharedDevice),
  };
}

function create(
  deps: Deps,
  actor: Actor,
  projectId: string,
  input: CreatePersonalLinkInput,
): CreatedPersonalLink {
  authorize(actor, "links:manage", projectId);
  const { repos, now } = deps;
  if (repos.queues.byId(input.queueId)?.projectId !== projectId)
    throw new AppError("not-found", "There is no such queue in this project. Nothing was made.");
  const { token, hash } = makeToken();
  const at = now();
  const link = repos.transaction(() => {
    const made: Omit<PersonalLink, "usedAt" | "revokedAt"> = {
      id: deps.newId("lnk"),
      userId: personFor(deps, actor, projectId, input),
      projectId,
      queueId: input.queueId,
      expiresAt: at + PERSONAL_LINK_LIFE_MS,
      createdBy: actorId(actor),
      createdAt: at,
    };
    repos.personalLinks.insert({ ...made, hash });
    note(deps, actor, "personal-link-made", made);
    return { ...made, usedAt: null, revokedAt: null };
  });
  return { personalLink: viewOf(deps, link), link: `${baseUrlOf(deps.env)}/label-link?token=${token}` };
}

async function open(
  deps: Deps,
  auth: AuthService,
  token: string,
  headers: Headers,
  sharedDevice: boolean,
): Promise<{ projectId: string; queueId: string; cookies: Headers }> {
  const { repos, now } = deps;
  const link = repos.transaction(() => {
    const used = repos.personalLinks.use(hashOfToken(token), now());
    const person = used ? repos.users.byId(used.userId) : null;
    if (!used?.queueId || !person || person.closedAt !== null)
      throw new AppError(
        "link-invalid",
        "This link has been opened before, was taken back, or is too old. Ask whoever sent it for a new one.",
      );
    const { id: userId, name } = person;
    note(deps, { kind: "user", userId, name, isServerAdmin: false, roles: {} }, "personal-link-opened", used);
    return { ...used, queueId: used.queueId };
  });
  const cookies = await auth.signInAs(link.userId, headers, { linkId: link.id, isShared: sharedDevice });
  return { projectId: link.projectId, queueId: link.queueId, cookies };
}

function personFor(
  deps: Deps,
  actor: Actor,
  projectId: string,
  { userId, name }: CreatePersonalLinkInput,
): string {
  const { repos, now, newId } = deps;
  if (userId !== null) {
    const member = repos.members.list(projectId).find((one) => one.userId === userId);
    if (!member || member.closedAt !== null)
      throw new AppError("not-found", "This person is not in the project. Nothing was made.");
    return userId;
  }
  const id = newId("usr");
  const person = { id, name: name ?? "", email: `${id}@${LINK_DOMAIN}`.toLowerCase(), isServerAdmin: false };
  repos.users.insert({ ...person, at: now() });
  repos.members.setRole(projectId, id, "expert", now());
  audit(deps, actor, {
    projectId,
    action: "person-added-by-link",
    subjectType: "user",
    subjectId: id,
    details: { name },
  });
  return id;
}

function note(
  deps: Deps,
  actor: Actor,
  action: AuditAction,
  { id, projectId, userId, queueId }: Pick<PersonalLink, "id" | "projectId" | "userId" | "queueId">,
): void {
  audit(deps, actor, {
    projectId,
    action,
    subjectType: "personal-link",
    subjectId: id,
    details: { userId, queueId },
  });
}

function viewOf({ repos, now }: Deps, link: PersonalLink): PersonalLinkView {
  const { id, userId, queueId, usedAt, createdAt, expiresAt } = link;
  return {
    id,
    userId,
    personName: repos.users.byId(userId)?.name ?? "somebody",
    queueId: queueId ?? "",
    queueName: queueId === null ? "" : (repos.queues.byId(queueId)?.name ?? ""),
    state: linkStateOf(link, now()),
    usedAt,
    createdBy: repos.users.byId(link.createdBy)?.name ?? link.createdBy,
    createdAt,
    expiresAt,
  };
}
