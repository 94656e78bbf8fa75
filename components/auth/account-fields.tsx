import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface AccountFieldProps {
  /** What is wrong with it; null = nothing. */
  error: string | null;
}

/** How a new account is called. */
export function NameField({ error }: AccountFieldProps) {
  return (
    <Field id="name" label="Your name" hint="Others see it beside what you write." error={error} required>
      <Input name="name" autoComplete="name" />
    </Field>
  );
}

/** The address that a new account signs in with. */
export function EmailField({ error, hint }: AccountFieldProps & { hint: string }) {
  return (
    <Field id="email" label="E-mail" hint={hint} error={error} required>
      <Input name="email" type="email" autoComplete="username" inputMode="email" spellCheck={false} />
    </Field>
  );
}

/** The password of a new account. */
export function NewPasswordField({ error }: AccountFieldProps) {
  return (
    <Field id="password" label="Password" hint="At least 10 characters." error={error} required>
      <Input name="password" type="password" autoComplete="new-password" />
    </Field>
  );
}
