const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** Names of the variables of a text, each once, in order of appearance. */
export function variablesOf(text: string): string[] {
  const names = Array.from(text.matchAll(VARIABLE), (match) => (match[1] ?? "").trim());
  return [...new Set(names.filter((name) => name !== ""))];
}

export type Substituted = { ok: true; text: string } | { ok: false; missing: string[] };

/**
 * Fills `{{name}}` from the record's fields, in one pass: what a field holds is never filled again, so a field
 * with braces in it cannot pull in another one.
 */
export function substitute(text: string, fields: Readonly<Record<string, string>>): Substituted {
  const missing = variablesOf(text).filter((name) => !Object.hasOwn(fields, name));
  if (missing.length > 0) return { ok: false, missing };
  return { ok: true, text: text.replace(VARIABLE, (whole, name: string) => fields[name.trim()] ?? whole) };
}
