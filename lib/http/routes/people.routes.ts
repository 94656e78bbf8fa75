import { z } from "zod";
import {
  acceptInvitationInput,
  createdInvitationSchema,
  createdPersonalLinkSchema,
  createPersonalLinkInput,
  invitationSchema,
  inviteInput,
  joinedSchema,
  memberSchema,
  openLinkInput,
  personalLinkSchema,
  setRoleInput,
} from "@/lib/contracts/people";
import { defineRoute } from "../define-route";

export const listMembers = defineRoute({
  id: "members.list",
  method: "GET",
  path: "/api/v1/projects/:project/members",
  summary: "People of the project and their roles.",
  permission: "project:read",
  response: z.object({ items: z.array(memberSchema) }),
});

export const setMemberRole = defineRoute({
  id: "members.set-role",
  method: "PATCH",
  path: "/api/v1/projects/:project/members/:user",
  summary: "Gives a member another role. The last admin stays one.",
  permission: "members:manage",
  body: setRoleInput,
  response: memberSchema,
});

export const removeMember = defineRoute({
  id: "members.remove",
  method: "DELETE",
  path: "/api/v1/projects/:project/members/:user",
  summary: "Takes somebody out of the project. What they wrote stays.",
  permission: "members:manage",
});

export const listInvitations = defineRoute({
  id: "invitations.list",
  method: "GET",
  path: "/api/v1/projects/:project/invitations",
  summary: "Invitations and what has become of them.",
  permission: "members:manage",
  response: z.object({ items: z.array(invitationSchema) }),
});

export const createInvitation = defineRoute({
  id: "invitations.create",
  method: "POST",
  path: "/api/v1/projects/:project/invitations",
  summary: "Invites somebody with a role. The link is in this answer and never again.",
  permission: "members:manage",
  body: inviteInput,
  response: createdInvitationSchema,
  status: 201,
  shownOnce: true,
});

export const revokeInvitation = defineRoute({
  id: "invitations.revoke",
  method: "DELETE",
  path: "/api/v1/projects/:project/invitations/:invitation",
  summary: "Takes an invitation back, if nobody has come in with it.",
  permission: "members:manage",
  response: invitationSchema,
});

export const acceptInvitation = defineRoute({
  id: "invitations.accept",
  method: "POST",
  path: "/api/v1/invitations/accept",
  summary: "Makes an account with the token of an invitation, joins the project and signs in.",
  permission: "public",
  body: acceptInvitationInput,
  response: joinedSchema,
  status: 201,
});

export const joinByInvitation = defineRoute({
  id: "invitations.join",
  method: "POST",
  path: "/api/v1/invitations/join",
  summary: "Joins a project with the account that one has.",
  permission: "signed-in",
  body: z.object({ token: z.string().min(1).max(200) }),
  response: joinedSchema,
});

export const listPersonalLinks = defineRoute({
  id: "personal-links.list",
  method: "GET",
  path: "/api/v1/projects/:project/personal-links",
  summary: "Personal links to queues and what has become of them.",
  permission: "links:manage",
  response: z.object({ items: z.array(personalLinkSchema) }),
});

export const createPersonalLink = defineRoute({
  id: "personal-links.create",
  method: "POST",
  path: "/api/v1/projects/:project/personal-links",
  summary:
    "Makes a link that signs one person in, once, for one queue. It is in this answer and never again.",
  permission: "links:manage",
  body: createPersonalLinkInput,
  response: createdPersonalLinkSchema,
  status: 201,
  shownOnce: true,
});

export const revokePersonalLink = defineRoute({
  id: "personal-links.revoke",
  method: "DELETE",
  path: "/api/v1/projects/:project/personal-links/:link",
  summary: "Shuts a personal link and ends what it began, at once.",
  permission: "links:manage",
  response: personalLinkSchema,
});

export const openPersonalLink = defineRoute({
  id: "personal-links.open",
  method: "POST",
  path: "/api/v1/personal-links/open",
  summary: "Uses a personal link up and signs its person in, for its queue.",
  permission: "public",
  body: openLinkInput,
  response: z.object({ href: z.string() }),
});
