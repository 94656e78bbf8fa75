import type { z } from "zod";
import type { FormError } from "@/components/ui/error-summary";
import { ApiProblem, wordsOf } from "@/lib/queries/api-fetch";

/** What is wrong, field by field; the controls have their field's name as id. The first problem of a field counts. */
export function formErrors(error: z.ZodError): FormError[] {
  const byField = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const fieldId = String(path[0] ?? "");
    if (!byField.has(fieldId)) byField.set(fieldId, message);
  }
  return [...byField].map(([fieldId, message]) => ({ fieldId, message }));
}

/** The same for what the server refused; words that belong to no field stand at `otherwise`. */
export function problemErrors(error: unknown, otherwise: string): FormError[] {
  const fields = error instanceof ApiProblem ? error.errors : [];
  if (fields.length === 0) return [{ fieldId: otherwise, message: wordsOf(error) }];
  return fields.map(({ path, message }) => ({
    fieldId: path || otherwise,
    message: `${wordsOf(error)} (${message})`,
  }));
}
