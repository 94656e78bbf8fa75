"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type WebhookEvent, type WebhookView, webhookEvents } from "@/lib/contracts/webhooks";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { createWebhook, removeWebhook } from "@/lib/queries/webhooks";
import { WebhookLogDialog } from "./webhook-log-dialog";

const WORDS: Readonly<Record<WebhookEvent, string>> = {
  "prompt.promoted": "A prompt was promoted",
  "prompt.rolled_back": "A prompt was rolled back",
  "review.requested": "A review was opened",
  "review.approved": "A review was approved",
  "run.finished": "A run ended",
};

/** Programs outside that are told what happens here. The secret that signs the messages is shown once. */
export function WebhooksPanel({
  projectId,
  initial,
}: {
  projectId: string;
  initial: readonly WebhookView[];
}) {
  const [webhooks, setWebhooks] = useState(initial);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <div className="space-y-4">
      {webhooks.length === 0 ? (
        <p className="measure text-ink-muted">
          No address is told anything yet. A webhook posts a signed message when a prompt is promoted, so that
          an agent or a build takes it at once.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              onRemoved={() => setWebhooks(webhooks.filter(({ id }) => id !== webhook.id))}
            />
          ))}
        </ul>
      )}
      {secret && (
        <Callout title="Copy the signing secret now" tone="warning">
          <p className="measure">
            It is shown this once. Messages carry Touchstone-Signature: t=SECONDS,v1=HEX, where HEX is
            HMAC-SHA256 under this secret over “SECONDS.BODY”.
          </p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <code className="min-w-0 rounded bg-sunken px-2 py-1 font-mono text-sm break-all">{secret}</code>
            <CopyButton text={secret} label="Copy the secret" />
          </p>
        </Callout>
      )}
      <AddWebhook
        projectId={projectId}
        onAdded={(webhook, made) => {
          setWebhooks([...webhooks, webhook]);
          setSecret(made);
        }}
      />
    </div>
  );
}

function AddWebhook({
  projectId,
  onAdded,
}: {
  projectId: string;
  onAdded: (webhook: WebhookView, secret: string) => void;
}) {
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(["prompt.promoted", "prompt.rolled_back"]);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const made = await createWebhook(projectId, { url: url.trim(), events: [...events] });
      onAdded(made.webhook, made.secret);
      setUrl("");
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const urlError = error ? fieldErrorOf(error, "url") : null;
  return (
    <form onSubmit={add} className="space-y-3" noValidate>
      <Field label="Address that is told" error={urlError}>
        <Input
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          type="url"
          inputMode="url"
          placeholder="https://agent.example.com/touchstone"
          autoComplete="off"
          required
        />
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm text-ink-muted">When</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {webhookEvents.map((event) => (
            <Checkbox
              key={event}
              label={WORDS[event]}
              checked={events.includes(event)}
              onCheckedChange={(isOn) =>
                setEvents(isOn ? [...events, event] : events.filter((one) => one !== event))
              }
            />
          ))}
        </div>
      </fieldset>
      {error !== null && !urlError && <FieldError>{wordsOf(error)}</FieldError>}
      <Button
        type="submit"
        pending={isPending}
        pendingLabel="Adding it"
        blockedReason={
          url.trim() === ""
            ? "Write the address first."
            : events.length === 0
              ? "Choose at least one thing it is told of."
              : undefined
        }
      >
        Add a webhook
      </Button>
    </form>
  );
}

function WebhookRow({ webhook, onRemoved }: { webhook: WebhookView; onRemoved: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [isLogOpen, setLogOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    setPending(true);
    setError(null);
    try {
      await removeWebhook(webhook.projectId, webhook.id);
      setAsking(false);
      onRemoved();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium break-all">{webhook.url}</p>
        <p className="text-sm text-ink-muted">{webhook.events.map((event) => WORDS[event]).join(" · ")}</p>
      </div>
      <Button size="sm" onClick={() => setLogOpen(true)}>
        Log and try<span className="sr-only"> of {webhook.url}</span>
      </Button>
      <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
        Remove<span className="sr-only"> {webhook.url}</span>
      </Button>
      {isLogOpen && <WebhookLogDialog webhook={webhook} onClose={() => setLogOpen(false)} />}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Remove this webhook"
        confirmLabel="Remove it"
        tone="danger"
        pending={isPending}
        onConfirm={remove}
      >
        <p className="break-all">{webhook.url} is told nothing more, and what still waits is given up.</p>
        {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      </ConfirmDialog>
    </li>
  );
}
