"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FormError } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { acceptInvitationInput } from "@/lib/contracts/people";
import { signInWithSingleSignOn } from "@/lib/queries/accounts";
import { wordsOf } from "@/lib/queries/api-fetch";
import { acceptInvitation, joinByInvitation } from "@/lib/queries/people";
import { EmailField, NameField, NewPasswordField } from "./account-fields";
import { formErrors, problemErrors } from "./form-errors";

interface JoinFormProps {
  token: string;
  /** The address that was invited; null = any. */
  email: string | null;
  hasSingleSignOn: boolean;
}

/** A name, an address and a password; or, where the organisation signs people in, just a name. */
export function JoinForm({ token, email, hasSingleSignOn }: JoinFormProps) {
  const [errors, setErrors] = useState<FormError[]>([]);
  const [isPending, setPending] = useState(false);
  const [isBySingleSignOn, setBySingleSignOn] = useState(hasSingleSignOn && email !== null);
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message ?? null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const typed = Object.fromEntries(new FormData(event.currentTarget));
    const given = { token, email, ...typed, ...(isBySingleSignOn ? { password: null } : {}) };
    const parsed = acceptInvitationInput.safeParse(given);
    if (!parsed.success) return setErrors(formErrors(parsed.error));
    setPending(true);
    try {
      const { projectId, signedIn } = await acceptInvitation(parsed.data);
      window.location.assign(signedIn ? `/p/${projectId}` : await signInWithSingleSignOn(`/p/${projectId}`));
    } catch (error) {
      setErrors(problemErrors(error, "name"));
      setPending(false);
    }
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4" method="post">
      <ErrorSummary errors={errors} />
      <NameField error={errorOf("name")} />
      {email === null ? (
        <EmailField hint="You sign in with it." error={errorOf("email")} />
      ) : (
        <Field id="email" label="E-mail" hint="The invitation is for this address." error={errorOf("email")}>
          <Input name="email" type="email" autoComplete="username" value={email} readOnly />
        </Field>
      )}
      {!isBySingleSignOn && <NewPasswordField error={errorOf("password")} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Joining">
          {isBySingleSignOn ? "Join with single sign-on" : "Create my account and join"}
        </Button>
        {hasSingleSignOn && email !== null && (
          <Button variant="quiet" onClick={() => setBySingleSignOn(!isBySingleSignOn)}>
            {isBySingleSignOn ? "Use a password instead" : "Use single sign-on instead"}
          </Button>
        )}
      </div>
      <p className="text-ink-muted">
        You have an account here?{" "}
        <TextLink href={`/sign-in?next=${encodeURIComponent(`/join?token=${token}`)}`}>Sign in</TextLink>, and
        join with it.
      </p>
    </form>
  );
}

/** Somebody who is signed in joins with one press. */
export function JoinWithAccount({ token, name }: { token: string; name: string }) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const join = async () => {
    setPending(true);
    try {
      window.location.assign(`/p/${(await joinByInvitation(token)).projectId}`);
    } catch (problem) {
      setError(wordsOf(problem));
      setPending(false);
    }
  };
  return (
    <div className="space-y-4">
      {error && (
        <p role="alert" className="text-worse">
          {error}
        </p>
      )}
      <Button variant="primary" onClick={() => void join()} pending={isPending} pendingLabel="Joining">
        Join as {name}
      </Button>
    </div>
  );
}
