"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FormError } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { requestResetInput, resetPasswordInput } from "@/lib/contracts/people";
import { requestReset, resetPassword } from "@/lib/queries/people";
import { formErrors, problemErrors } from "./form-errors";

/** A new password with the token of a link. Everybody signed in as this person is signed out. */
export function ResetForm({ token }: { token: string }) {
  const { errors, isPending, submit } = useForm("password", async (typed) => {
    const parsed = resetPasswordInput.safeParse({ token, ...typed });
    if (!parsed.success) return formErrors(parsed.error);
    await resetPassword(parsed.data.token, parsed.data.password);
    window.location.assign("/sign-in");
    return [];
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4" method="post">
      <ErrorSummary errors={errors} />
      <Field
        id="password"
        label="New password"
        hint="At least 10 characters. You are signed out everywhere, and sign in with it."
        error={errors[0]?.message ?? null}
        required
      >
        <Input name="password" type="password" autoComplete="new-password" />
      </Field>
      <div>
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Saving">
          Save the new password
        </Button>
      </div>
    </form>
  );
}

/** Asks for a mail with a link. The answer is the same whether there is such an account or not. */
export function RequestResetForm() {
  const [isSent, setSent] = useState(false);
  const { errors, isPending, submit } = useForm("email", async (typed) => {
    const parsed = requestResetInput.safeParse(typed);
    if (!parsed.success) return formErrors(parsed.error);
    await requestReset(parsed.data.email);
    setSent(true);
    return [];
  });
  if (isSent)
    return (
      <p role="status">
        If there is an account with this address, a link is on its way to it. It works for an hour.
      </p>
    );
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4" method="post">
      <ErrorSummary errors={errors} />
      <Field id="email" label="E-mail" error={errors[0]?.message ?? null} required>
        <Input name="email" type="email" autoComplete="username" inputMode="email" spellCheck={false} />
      </Field>
      <div>
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Sending">
          Mail me a link
        </Button>
      </div>
    </form>
  );
}

/** A form of one field: what is wrong, whether it is at work, and the handler. */
function useForm(field: string, work: (typed: Record<string, FormDataEntryValue>) => Promise<FormError[]>) {
  const [errors, setErrors] = useState<FormError[]>([]);
  const [isPending, setPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    try {
      setErrors(await work(Object.fromEntries(new FormData(event.currentTarget))));
    } catch (error) {
      setErrors(problemErrors(error, field));
    } finally {
      setPending(false);
    }
  };
  return { errors, isPending, submit };
}
