"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { useToast } from "@/components/ui/toast";
import type { SessionView } from "@/lib/contracts/people";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { changePassword, renameMe } from "@/lib/queries/people";
import { SessionList } from "./session-list";

/** One's own name, password, and where one is signed in. */
export function AccountView({ name, sessions }: { name: string; sessions: readonly SessionView[] }) {
  return (
    <>
      <PageHeader title="Your account" sentence="What others call you, and where you are signed in." />
      <div className="max-w-3xl space-y-6">
        <Card title="Name" id="name">
          <NameForm name={name} />
        </Card>
        <Card title="Password" id="password">
          <PasswordForm />
        </Card>
        <Card title="Where you are signed in" id="sessions">
          <SessionList initial={sessions} />
        </Card>
      </div>
    </>
  );
}

function NameForm({ name: before }: { name: string }) {
  const [name, setName] = useState(before);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const { toast } = useToast();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await renameMe(name);
      toast({ title: "Saved. What you wrote before keeps the name it had.", mark: "done" });
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return (
    <form onSubmit={save} className="flex flex-wrap items-end gap-3" noValidate>
      <Field
        label="Your name"
        hint="Others see it beside what you write."
        error={error ? (fieldErrorOf(error, "name") ?? wordsOf(error)) : null}
        className="min-w-0 flex-1 basis-64"
      >
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="name"
          maxLength={120}
        />
      </Field>
      <Button type="submit" pending={isPending} pendingLabel="Saving">
        Save
      </Button>
    </form>
  );
}

function PasswordForm() {
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const { toast } = useToast();
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    setPending(true);
    setError(null);
    try {
      const currentPassword = String(typed.get("currentPassword"));
      await changePassword({ currentPassword, newPassword: String(typed.get("newPassword")) });
      form.reset();
      toast({ title: "Your password is changed. You are signed out everywhere else.", mark: "done" });
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const current = fieldErrorOf(error, "currentPassword");
  const next = fieldErrorOf(error, "newPassword");
  return (
    <form onSubmit={save} className="flex max-w-md flex-col gap-4" noValidate method="post">
      <Field
        label="Password you have now"
        error={error && !next ? (current ?? wordsOf(error)) : null}
        required
      >
        <Input name="currentPassword" type="password" autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        hint="At least 10 characters. You are then signed out everywhere else."
        error={next}
        required
      >
        <Input name="newPassword" type="password" autoComplete="new-password" />
      </Field>
      <div>
        <Button type="submit" pending={isPending} pendingLabel="Saving">
          Change password
        </Button>
      </div>
    </form>
  );
}
