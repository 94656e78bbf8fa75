"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FormError } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signInInput } from "@/lib/contracts/accounts";
import { signIn } from "@/lib/queries/accounts";
import { wordsOf } from "@/lib/queries/api-fetch";
import { formErrors } from "./form-errors";

interface SignInFormProps {
  /** Path of this server to open afterwards. */
  next: string;
}

/** E-mail and password. A full load follows, so that every part of the page knows the person. */
export function SignInForm({ next }: SignInFormProps) {
  const [errors, setErrors] = useState<FormError[]>([]);
  const [isPending, setPending] = useState(false);
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message ?? null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const parsed = signInInput.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (!parsed.success) return setErrors(formErrors(parsed.error));
    setPending(true);
    try {
      await signIn(parsed.data.email, parsed.data.password);
      window.location.assign(next);
    } catch (error) {
      setErrors([{ fieldId: "password", message: wordsOf(error) }]);
      setPending(false);
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
      <div>
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Signing in">
          Sign in
        </Button>
      </div>
    </form>
  );
}
