"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { MlflowCheck, MlflowLinkView } from "@/lib/contracts/mlflow";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { checkMlflow, removeMlflow, saveMlflow } from "@/lib/queries/mlflow";

interface LinkFormProps {
  projectId: string;
  link: MlflowLinkView | null;
  onChanged(): void;
  onChecked(aliases: MlflowCheck["aliases"]): void;
}

/** Where the server is and who we are there; saved and looked at in one go. */
export function LinkForm({ projectId, link, onChanged, onChecked }: LinkFormProps) {
  const [url, setUrl] = useState(link?.url ?? "");
  const [experiment, setExperiment] = useState(link?.experiment ?? "Default");
  const [username, setUsername] = useState(link?.username ?? "");
  const [token, setToken] = useState("");
  const [dropsToken, setDropsToken] = useState(false);
  const [writesOnPromote, setWrites] = useState(link?.writesOnPromote ?? false);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const given =
        token.trim() === "" ? (dropsToken || !link ? { token: null } : {}) : { token: token.trim() };
      const facts = { url: url.trim(), experiment: experiment.trim(), username: username.trim() || null };
      await saveMlflow(projectId, { ...facts, ...given, writesOnPromote });
      setToken("");
      onChanged();
      onChecked((await checkMlflow(projectId)).aliases);
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
      onChanged();
    }
  };
  const problemAt = (field: string): string | undefined => fieldErrorOf(error, field) ?? undefined;
  return (
    <form onSubmit={submit} className="space-y-4" noValidate>
      <Field
        label="Address of the MLflow server"
        required
        hint="It is called by this server, never by your browser."
        error={problemAt("url")}
      >
        <Input
          type="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://mlflow.example.com"
          autoComplete="off"
          required
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          label="Experiment"
          required
          hint="Its datasets and traces are read, runs go there."
          error={problemAt("experiment")}
        >
          <Input
            value={experiment}
            onChange={(event) => setExperiment(event.target.value)}
            autoComplete="off"
          />
        </Field>
        <Field label="Name" optional hint="Only for name and password." error={problemAt("username")}>
          <Input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="off" />
        </Field>
        <Field
          label="Token or password"
          optional
          hint={
            link?.hasToken
              ? "One is kept sealed. Leave it empty to keep it."
              : "Kept sealed, and never shown again."
          }
          error={problemAt("token")}
        >
          <Input
            type="password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            autoComplete="new-password"
          />
        </Field>
      </div>
      {link?.hasToken && token === "" && (
        <Checkbox
          label="Forget the token that is kept"
          checked={dropsToken}
          onCheckedChange={setDropsToken}
        />
      )}
      <Checkbox
        label="Write each promotion and rollback of this project there"
        checked={writesOnPromote}
        onCheckedChange={setWrites}
      />
      {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant={link ? "secondary" : "primary"}
          pending={isPending}
          pendingLabel="Saving and looking"
        >
          {link ? "Save and look again" : "Connect and look"}
        </Button>
        {link && <Disconnect projectId={projectId} url={link.url} onDone={onChanged} />}
      </div>
    </form>
  );
}

function Disconnect({ projectId, url, onDone }: { projectId: string; url: string; onDone(): void }) {
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const disconnect = async () => {
    setPending(true);
    setError(null);
    try {
      await removeMlflow(projectId);
      setAsking(false);
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="quiet" onClick={() => setAsking(true)}>
        Disconnect
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Disconnect from MLflow"
        confirmLabel="Disconnect"
        tone="danger"
        pending={isPending}
        onConfirm={disconnect}
      >
        <p className="break-all">
          Nothing more is read from or written to {url}, and what still waits is given up. What was taken over
          stays.
        </p>
        {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      </ConfirmDialog>
    </>
  );
}
