"use client";

import { type FormEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ApiKeyView } from "@/lib/contracts/accounts";
import type { ApiScope } from "@/lib/contracts/permissions";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { createKey, revokeKey } from "@/lib/queries/keys";
import { KeyRights, SCOPE_WORDS } from "./key-rights";

const DAY_MS = 86_400_000;

/** Keys for programs. An agent needs one that reads prompts; its secret is shown once. */
export function KeysPanel({ projectId, initial }: { projectId: string; initial: readonly ApiKeyView[] }) {
  const [keys, setKeys] = useState(initial);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly ApiScope[]>(["prompts:read"]);
  const [days, setDays] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const made = await createKey(projectId, {
        name,
        scopes: [...scopes],
        expiresAt: days === "" ? null : Date.now() + Number(days) * DAY_MS,
      });
      setKeys([made.key, ...keys]);
      setSecret(made.secret);
      setName("");
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };

  return (
    <div className="space-y-4">
      {keys.length === 0 ? (
        <p className="text-ink-muted">No key yet. An agent needs one to fetch the prompt in production.</p>
      ) : (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onRevoke={async () => setKeys(replaced(keys, await revokeKey(projectId, key.id)))}
            />
          ))}
        </ul>
      )}
      {secret && (
        <Callout title="Copy the key now" tone="warning">
          <p>It is shown this once; only its fingerprint is kept here.</p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <code className="min-w-0 break-all rounded bg-sunken px-2 py-1 font-mono text-sm">{secret}</code>
            <CopyButton text={secret} label="Copy the key" />
          </p>
        </Callout>
      )}
      <form onSubmit={create} className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <Field
            label="Name of the program"
            error={error ? (fieldErrorOf(error, "name") ?? wordsOf(error)) : undefined}
          >
            <Input
              value={name}
              onChange={(event) => setName(event.target.value)}
              required
              maxLength={120}
              placeholder="agent-a"
              autoComplete="off"
            />
          </Field>
        </div>
        <Button
          type="submit"
          pending={isPending}
          pendingLabel="Making the key"
          blockedReason={scopes.length === 0 ? "Choose at least one thing it may do." : undefined}
        >
          Make a key
        </Button>
        <div className="basis-full">
          <KeyRights scopes={scopes} onScopes={setScopes} days={days} onDays={setDays} />
        </div>
      </form>
    </div>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke(): Promise<void> }) {
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const used = apiKey.lastUsedAt === null ? "not used yet" : `last used ${dayOf(apiKey.lastUsedAt)}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <span className="font-medium">{apiKey.name}</span>
      <code className="font-mono text-sm text-ink-muted">{apiKey.prefix}…</code>
      <span className="min-w-0 flex-1 basis-60 text-ink-muted">
        may {apiKey.scopes.map((scope) => SCOPE_WORDS[scope]).join(", ")} · {used}
        {apiKey.expiresAt !== null && ` · ends ${dayOf(apiKey.expiresAt)}`}
      </span>
      {apiKey.revokedAt === null ? (
        <Button size="sm" onClick={() => setAsking(true)} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      ) : (
        <Badge>revoked</Badge>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Revoke the key of ${apiKey.name}`}
        confirmLabel="Revoke the key"
        tone="danger"
        pending={isPending}
        onConfirm={async () => {
          setPending(true);
          await onRevoke();
          setPending(false);
          setAsking(false);
        }}
      >
        The program that uses it is turned away from its next request on. Prompts it has read stay with it.
      </ConfirmDialog>
    </li>
  );
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(at);
}

function replaced(keys: readonly ApiKeyView[], changed: ApiKeyView): ApiKeyView[] {
  return keys.map((key) => (key.id === changed.id ? changed : key));
}
