"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FormError } from "@/components/ui/error-summary";
import { setupInput } from "@/lib/contracts/accounts";
import { completeSetup } from "@/lib/queries/accounts";
import { EmailField, NameField, NewPasswordField } from "./account-fields";
import { formErrors, problemErrors } from "./form-errors";

interface SetupFormProps {
  /** Of the one-time link. */
  token: string;
}

/** The first account. It administers this server; the others come by invitation. */
export function SetupForm({ token }: SetupFormProps) {
  const [errors, setErrors] = useState<FormError[]>([]);
  const [isPending, setPending] = useState(false);
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message ?? null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const parsed = setupInput.safeParse({ token, ...Object.fromEntries(new FormData(event.currentTarget)) });
    if (!parsed.success) return setErrors(formErrors(parsed.error));
    setPending(true);
    try {
      await completeSetup(parsed.data);
      window.location.assign("/");
    } catch (error) {
      setErrors(problemErrors(error, "name"));
      setPending(false);
    }
  };

  return (
    <form noValidate onSubmit={submit} className="mt-5 flex flex-col gap-4" method="post">
      <ErrorSummary errors={errors} />
      <NameField error={errorOf("name")} />
      <EmailField hint="You sign in with it. Nothing is sent to it." error={errorOf("email")} />
      <NewPasswordField error={errorOf("password")} />
      <div>
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Setting up">
          Create my account
        </Button>
      </div>
    </form>
  );
}
