import { z } from "zod";
import {
  type AcceptInvitationInput,
  type AccountView,
  accountSchema,
  type ChangeAccountInput,
  type ChangePasswordInput,
  type CreatedInvitation,
  type CreatedPersonalLink,
  createdInvitationSchema,
  createdPersonalLinkSchema,
  type InvitationView,
  type InviteInput,
  invitationSchema,
  joinedSchema,
  type Member,
  memberSchema,
  type PersonalLinkView,
  personalLinkSchema,
  resetLinkSchema,
} from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/permissions";
import { apiFetch } from "./api-fetch";

export function setRole(projectId: string, userId: string, role: Role): Promise<Member> {
  const path = `/api/v1/projects/${projectId}/members/${userId}`;
  return apiFetch(path, { method: "PATCH", body: { role }, schema: memberSchema });
}

export function removeMember(projectId: string, userId: string): Promise<void> {
  return apiFetch(`/api/v1/projects/${projectId}/members/${userId}`, { method: "DELETE" });
}

/** The link is in this answer and never again. */
export function invite(projectId: string, input: InviteInput): Promise<CreatedInvitation> {
  const path = `/api/v1/projects/${projectId}/invitations`;
  return apiFetch(path, { method: "POST", body: input, schema: createdInvitationSchema });
}

export function revokeInvitation(projectId: string, id: string): Promise<InvitationView> {
  const path = `/api/v1/projects/${projectId}/invitations/${id}`;
  return apiFetch(path, { method: "DELETE", schema: invitationSchema });
}

/** The link is in this answer and never again. */
export function createPersonalLink(
  projectId: string,
  input: { queueId: string; userId: string | null; name: string | null },
): Promise<CreatedPersonalLink> {
  const path = `/api/v1/projects/${projectId}/personal-links`;
  return apiFetch(path, { method: "POST", body: input, schema: createdPersonalLinkSchema });
}

export function revokePersonalLink(projectId: string, id: string): Promise<PersonalLinkView> {
  const path = `/api/v1/projects/${projectId}/personal-links/${id}`;
  return apiFetch(path, { method: "DELETE", schema: personalLinkSchema });
}

export function acceptInvitation(input: AcceptInvitationInput): Promise<z.infer<typeof joinedSchema>> {
  return apiFetch("/api/v1/invitations/accept", { method: "POST", body: input, schema: joinedSchema });
}

export function joinByInvitation(token: string): Promise<z.infer<typeof joinedSchema>> {
  return apiFetch("/api/v1/invitations/join", { method: "POST", body: { token }, schema: joinedSchema });
}

/** @returns where the link leads */
export async function openPersonalLink(token: string, sharedDevice: boolean): Promise<string> {
  const schema = z.object({ href: z.string() });
  const body = { token, sharedDevice };
  return (await apiFetch("/api/v1/personal-links/open", { method: "POST", body, schema })).href;
}

export function changeAccount(id: string, changes: ChangeAccountInput): Promise<AccountView> {
  const path = `/api/v1/server/accounts/${id}`;
  return apiFetch(path, { method: "PATCH", body: changes, schema: accountSchema });
}

/** The link is in this answer and never again. */
export function makeResetLink(id: string): Promise<z.infer<typeof resetLinkSchema>> {
  const path = `/api/v1/server/accounts/${id}/reset-link`;
  return apiFetch(path, { method: "POST", schema: resetLinkSchema });
}

export function renameMe(name: string): Promise<void> {
  return apiFetch("/api/v1/me", { method: "PATCH", body: { name } });
}

export function changePassword(input: ChangePasswordInput): Promise<void> {
  return apiFetch("/api/v1/me/password", { method: "POST", body: input });
}

export function endSession(id: string): Promise<void> {
  return apiFetch(`/api/v1/me/sessions/${id}`, { method: "DELETE" });
}

export function endOtherSessions(): Promise<{ ended: number }> {
  const schema = z.object({ ended: z.number() });
  return apiFetch("/api/v1/me/sessions/end-others", { method: "POST", schema });
}

export function markSession(isShared: boolean): Promise<void> {
  return apiFetch("/api/v1/me/session", { method: "PATCH", body: { isShared } });
}

/** Tells that the person is still there; on a shared device the quiet minutes begin anew. */
export function touchSession(): Promise<void> {
  return apiFetch("/api/v1/me/activity", { method: "POST" });
}

export function requestReset(email: string): Promise<void> {
  return apiFetch("/api/v1/password-reset/request", { method: "POST", body: { email } });
}

export function resetPassword(token: string, password: string): Promise<void> {
  return apiFetch("/api/v1/password-reset", { method: "POST", body: { token, password } });
}
