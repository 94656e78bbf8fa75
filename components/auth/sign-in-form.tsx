"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary, type FormError } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { signInInput } from "@/lib/contracts/accounts";
import { signIn, signInWithSingleSignOn } from "@/lib/queries/accounts";
import { wordsOf } from "@/lib/queries/api-fetch";
import { formErrors } from "./form-errors";

interface SignInFormProps {
  /** Path of this server to open afterwards. */
  next: string;
  hasSingleSignOn: boolean;
  /** Why single sign-on did not let the person in, in words. */
  problem: string | null;
}

/** E-mail and password. A full load follows, so that every part of the page knows the person. */
export function SignInForm({ next, hasSingleSignOn, problem }: SignInFormProps) {
  const [errors, setErrors] = useState<FormError[]>(problem ? [{ fieldId: "email", message: problem }] : []);
  const [isShared, setShared] = useState(false);
  const [isPending, setPending] = useState(false);
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message ?? null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const parsed = signInInput.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (!parsed.success) return setErrors(formErrors(parsed.error));
    setPending(true);
    try {
      await signIn(parsed.data.email, parsed.data.password, isShared);
      window.location.assign(next);
    } catch (error) {
      setErrors([{ fieldId: "password", message: wordsOf(error) }]);
      setPending(false);
    }
  };

  const goElsewhere = async () => {
    try {
      window.location.assign(await signInWithSingleSignOn(next));
    } catch (error) {
      setErrors([{ fieldId: "email", message: wordsOf(error) }]);
    }
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4" method="post">
      <ErrorSummary errors={errors} title="You are not signed in yet." />
      <Field id="email" label="E-mail" error={errorOf("email")} required>
        <Input name="email" type="email" autoComplete="username" inputMode="email" spellCheck={false} />
      </Field>
      <Field id="password" label="Password" error={errorOf("password")} required>
        <Input name="password" type="password" autoComplete="current-password" />
      </Field>
      <Checkbox
        checked={isShared}
        onCheckedChange={setShared}
        label="This is a shared device"
        hint="You are signed out after ten quiet minutes."
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Signing in">
          Sign in
        </Button>
        {hasSingleSignOn && <Button onClick={() => void goElsewhere()}>Use single sign-on</Button>}
        <TextLink href="/reset">Password lost</TextLink>
      </div>
    </form>
  );
}
