import { z } from "zod";
import { meSchema, personNameSchema, setupInput } from "@/lib/contracts/accounts";
import {
  accountSchema,
  changeAccountInput,
  changePasswordInput,
  requestResetInput,
  resetLinkSchema,
  resetPasswordInput,
  sessionSchema,
} from "@/lib/contracts/people";
import { defineRoute } from "../define-route";

export const completeSetup = defineRoute({
  id: "setup.complete",
  method: "POST",
  path: "/api/v1/setup",
  summary: "Creates the first account, which administers the server, and signs it in.",
  permission: "public",
  body: setupInput,
  response: z.object({ userId: z.string() }),
  status: 201,
});

export const readMe = defineRoute({
  id: "me.read",
  method: "GET",
  path: "/api/v1/me",
  summary: "Who is asking: the person of the session, or the API key with its scopes.",
  permission: "signed-in",
  scope: "prompts:read",
  response: meSchema,
});

export const renameMe = defineRoute({
  id: "me.rename",
  method: "PATCH",
  path: "/api/v1/me",
  summary: "Changes the name that others see. What was done before keeps the old one.",
  permission: "signed-in",
  body: z.object({ name: personNameSchema }),
});

export const changePassword = defineRoute({
  id: "me.password",
  method: "POST",
  path: "/api/v1/me/password",
  summary: "Changes the own password and ends all other sessions.",
  permission: "signed-in",
  body: changePasswordInput,
});

export const listSessions = defineRoute({
  id: "sessions.list",
  method: "GET",
  path: "/api/v1/me/sessions",
  summary: "Where the caller is signed in.",
  permission: "signed-in",
  response: z.object({ items: z.array(sessionSchema) }),
});

export const endSession = defineRoute({
  id: "sessions.end",
  method: "DELETE",
  path: "/api/v1/me/sessions/:session",
  summary: "Signs the caller out in one place.",
  permission: "signed-in",
});

export const endOtherSessions = defineRoute({
  id: "sessions.end-others",
  method: "POST",
  path: "/api/v1/me/sessions/end-others",
  summary: "Signs the caller out everywhere else.",
  permission: "signed-in",
  response: z.object({ ended: z.number().int() }),
});

export const markSession = defineRoute({
  id: "sessions.mark",
  method: "PATCH",
  path: "/api/v1/me/session",
  summary: "Says whether others use this device too: it is then signed out after ten quiet minutes.",
  permission: "signed-in",
  personalLink: true,
  body: z.object({ isShared: z.boolean() }),
});

export const touchSession = defineRoute({
  id: "sessions.touch",
  method: "POST",
  path: "/api/v1/me/activity",
  summary: "The caller did something: on a shared device the ten quiet minutes begin anew.",
  permission: "signed-in",
  personalLink: true,
});

export const requestReset = defineRoute({
  id: "password-reset.request",
  method: "POST",
  path: "/api/v1/password-reset/request",
  summary: "Mails a link to choose a new password, if there is such an account and a mail server.",
  permission: "public",
  body: requestResetInput,
  status: 202,
});

export const resetPassword = defineRoute({
  id: "password-reset.set",
  method: "POST",
  path: "/api/v1/password-reset",
  summary: "Sets a new password with the token of a reset link, and signs the person out everywhere.",
  permission: "public",
  body: resetPasswordInput,
});

export const listAccounts = defineRoute({
  id: "accounts.list",
  method: "GET",
  path: "/api/v1/server/accounts",
  summary: "Everybody with an account on this server.",
  permission: "server-admin",
  response: z.object({ items: z.array(accountSchema) }),
});

export const changeAccount = defineRoute({
  id: "accounts.change",
  method: "PATCH",
  path: "/api/v1/server/accounts/:account",
  summary: "Makes an account an admin of the server, closes it, or lets single sign-on open it.",
  permission: "server-admin",
  body: changeAccountInput,
  response: accountSchema,
});

export const makeResetLink = defineRoute({
  id: "accounts.reset-link",
  method: "POST",
  path: "/api/v1/server/accounts/:account/reset-link",
  summary: "Makes a link with which the person chooses a new password. It is in this answer and never again.",
  permission: "server-admin",
  response: resetLinkSchema,
  status: 201,
  shownOnce: true,
});
