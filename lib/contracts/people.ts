import { z } from "zod";
import { emailSchema, passwordSchema, personNameSchema } from "./accounts";
import { roles } from "./permissions";

/** Somebody of a project. */
export const memberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  /** `account` signs in by itself; `link` only by personal links; `sample` never does. */
  signsInBy: z.enum(["account", "link", "sample"]),
  isClosed: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

export const setRoleInput = z.object({ role: z.enum(roles) });

export const inviteInput = z.object({
  role: z.enum(roles),
  /** For this address only, and mailed to it where the server can; null = for whoever has the link. */
  email: emailSchema.nullable().default(null),
});
export type InviteInput = z.output<typeof inviteInput>;

/** What has become of a link. */
export const linkStateSchema = z.enum(["open", "used", "revoked", "expired"]);
export type LinkState = z.infer<typeof linkStateSchema>;

export const invitationSchema = z.object({
  id: z.string(),
  role: z.enum(roles),
  email: z.string().nullable(),
  state: linkStateSchema,
  /** Name of whoever came in with it. */
  usedBy: z.string().nullable(),
  invitedBy: z.string(),
  mailedAt: z.number().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type InvitationView = z.infer<typeof invitationSchema>;

/** The link is in this answer and never again: only its hash is kept. */
export const createdInvitationSchema = z.object({
  invitation: invitationSchema,
  link: z.string(),
  /** Why the mail could not be sent; null = it was, or none was asked for. */
  mailProblem: z.string().nullable(),
});
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>;

export const acceptInvitationInput = z.object({
  token: z.string().min(1).max(200),
  name: personNameSchema,
  email: emailSchema,
  /** Null = the address is that of single sign-on, which then signs in. */
  password: passwordSchema.nullable(),
});
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput>;

export const joinedSchema = z.object({ projectId: z.string(), signedIn: z.boolean() });

export const createPersonalLinkInput = z
  .object({
    queueId: z.string(),
    /** Somebody who is a member already. */
    userId: z.string().nullable().default(null),
    /** Somebody new, who is known by this name and signs in by links only. */
    name: personNameSchema.nullable().default(null),
  })
  .refine(({ userId, name }) => (userId === null) !== (name === null), {
    message: "Choose a member, or name somebody new.",
    path: ["name"],
  });
export type CreatePersonalLinkInput = z.output<typeof createPersonalLinkInput>;

export const personalLinkSchema = z.object({
  id: z.string(),
  userId: z.string(),
  personName: z.string(),
  queueId: z.string(),
  queueName: z.string(),
  state: linkStateSchema,
  usedAt: z.number().nullable(),
  createdBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type PersonalLinkView = z.infer<typeof personalLinkSchema>;

export const createdPersonalLinkSchema = z.object({ personalLink: personalLinkSchema, link: z.string() });
export type CreatedPersonalLink = z.infer<typeof createdPersonalLinkSchema>;

export const openLinkInput = z.object({
  token: z.string().min(1).max(200),
  /** Others use this device too: the session ends after ten quiet minutes. */
  sharedDevice: z.boolean().default(false),
});

/** One place where somebody is signed in. */
export const sessionSchema = z.object({
  id: z.string(),
  isCurrent: z.boolean(),
  /** "Firefox on Windows", or what the browser said. */
  device: z.string(),
  address: z.string().nullable(),
  isShared: z.boolean(),
  byLink: z.boolean(),
  startedAt: z.number(),
  expiresAt: z.number(),
});
export type SessionView = z.infer<typeof sessionSchema>;

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1, "Type the password that you have now.").max(128),
  newPassword: passwordSchema,
});
export type ChangePasswordInput = z.output<typeof changePasswordInput>;

export const resetPasswordInput = z.object({ token: z.string().min(1).max(400), password: passwordSchema });
export const requestResetInput = z.object({ email: emailSchema });

/** An account, as whoever runs the server sees it. */
export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isServerAdmin: z.boolean(),
  signsInBy: memberSchema.shape.signsInBy,
  hasPassword: z.boolean(),
  /** Single sign-on with this address opens the account. */
  isEmailConfirmed: z.boolean(),
  isClosed: z.boolean(),
  projects: z.number().int(),
  createdAt: z.number(),
});
export type AccountView = z.infer<typeof accountSchema>;

export const changeAccountInput = z.object({
  isServerAdmin: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  isEmailConfirmed: z.boolean().optional(),
});
export type ChangeAccountInput = z.output<typeof changeAccountInput>;

export const resetLinkSchema = z.object({ link: z.string(), expiresAt: z.number() });
