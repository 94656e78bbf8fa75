import { z } from "zod";
import { apiScopes, roles } from "./permissions";

/** The same bounds as the sign-in service has. */
export const passwordSchema = z
  .string()
  .min(10, "Use at least 10 characters.")
  .max(128, "Use at most 128 characters.");

export const personNameSchema = z.string().trim().min(1, "Say how others should see your name.").max(120);
export const emailSchema = z
  .email("This is no e-mail address.")
  .max(254)
  .transform((email) => email.toLowerCase());

/** The first account, with the one-time token that the server printed when it started. */
export const setupInput = z.object({
  token: z.string().min(1).max(200),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
});
export type SetupInput = z.infer<typeof setupInput>;

export const signInInput = z.object({
  email: emailSchema,
  password: z.string().min(1, "Type your password.").max(128),
});

/** Who I am, and where I may do what. */
export const meSchema = z.object({
  kind: z.enum(["user", "key", "system"]),
  id: z.string(),
  name: z.string(),
  isServerAdmin: z.boolean(),
  roles: z.record(z.string(), z.enum(roles)),
  scopes: z.array(z.enum(apiScopes)),
});
export type Me = z.infer<typeof meSchema>;

export const createApiKeyInput = z.object({
  name: z.string().trim().min(1, "Name what will use it, such as agent-a.").max(120),
  scopes: z.array(z.enum(apiScopes)).min(1, "Choose at least one thing it may do."),
  /** Milliseconds since 1970; null = it does not expire. */
  expiresAt: z.number().int().positive().nullable().default(null),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

/** A key of one project. Its secret is shown once, at creation. */
export const apiKeySchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.enum(apiScopes)),
  createdBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const createdApiKeySchema = z.object({ key: apiKeySchema, secret: z.string() });
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;
