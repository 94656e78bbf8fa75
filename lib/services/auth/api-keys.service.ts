import "server-only";
import { randomBytes } from "node:crypto";
import type { ApiKeyView, CreateApiKeyInput, CreatedApiKey } from "@/lib/contracts/accounts";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { sha256Hex } from "@/lib/util/hash";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

export interface ApiKeysService {
  /** Newest first, revoked ones too. */
  list(actor: Actor, projectId: string): ApiKeyView[];
  /** The secret is in the answer and nowhere else: only its hash is stored. */
  create(actor: Actor, projectId: string, input: CreateApiKeyInput): CreatedApiKey;
  /** At once, and for good; a second time changes nothing. */
  revoke(actor: Actor, projectId: string, keyId: string): ApiKeyView;
}

const SECRET_CHARS = 40;
const PREFIX_CHARS = 12;

/** Keys of programs. Each belongs to one project and may do what its scopes say. */
export function createApiKeysService({
  repos,
  now,
  newId,
}: Pick<ServiceDeps, "repos" | "now" | "newId">): ApiKeysService {
  const record = (
    actor: Actor,
    action: AuditAction,
    { id, projectId, name, scopes }: Pick<ApiKeyView, "id" | "projectId" | "name" | "scopes">,
  ): void =>
    audit({ repos, now, newId }, actor, {
      projectId,
      action,
      subjectType: "api-key",
      subjectId: id,
      details: { name, scopes },
    });
  const nameOf = (id: string): string => repos.users.byId(id)?.name ?? id;
  const view = (key: ApiKeyView): ApiKeyView => ({ ...key, createdBy: nameOf(key.createdBy) });
  return {
    list(actor, projectId) {
      authorize(actor, "keys:manage", projectId);
      return repos.apiKeys.list(projectId).map(view);
    },
    create(actor, projectId, input) {
      authorize(actor, "keys:manage", projectId);
      if (input.expiresAt !== null && input.expiresAt <= now()) {
        throw new AppError(
          "invalid-input",
          "The key would have expired before it was made. Nothing was saved.",
          {
            errors: [{ path: "expiresAt", message: "Choose a time to come." }],
          },
        );
      }
      const secret = `tsk_${randomText(SECRET_CHARS)}`;
      const scopes = [...new Set(input.scopes)];
      const facts = { id: newId("key"), projectId, name: input.name, scopes, expiresAt: input.expiresAt };
      const key = {
        ...facts,
        prefix: secret.slice(0, PREFIX_CHARS),
        createdBy: actorId(actor),
        createdAt: now(),
      };
      repos.transaction(() => {
        repos.apiKeys.insert({ ...key, hash: sha256Hex(secret) });
        record(actor, "api-key-created", key);
      });
      return { key: view({ ...key, lastUsedAt: null, revokedAt: null }), secret };
    },
    revoke(actor, projectId, keyId) {
      authorize(actor, "keys:manage", projectId);
      const key = repos.apiKeys.byId(keyId);
      if (!key || key.projectId !== projectId)
        throw new AppError("not-found", "This project has no such API key.");
      if (key.revokedAt !== null) return view(key);
      const revokedAt = now();
      repos.transaction(() => {
        repos.apiKeys.revoke(keyId, revokedAt);
        record(actor, "api-key-revoked", key);
      });
      return view({ ...key, revokedAt });
    },
  };
}

/** Letters and digits only, so that a double click selects the whole key. 62^40 choices. */
function randomText(length: number): string {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // bytes beyond the last whole multiple would favour the first letters
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}
