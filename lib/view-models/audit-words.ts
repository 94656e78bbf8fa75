import type { AuditFilter } from "@/lib/contracts/audit";

/** An address with the filter in it; what is empty is left out. */
export function auditHref(path: string, filter: AuditFilter, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...more })) if (value) query.set(name, value);
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** `{role: "lead", email: null}` → "role: lead". Nested values stay JSON. */
export function detailsInWords(details: unknown): string {
  if (details === null || details === undefined) return "";
  if (typeof details !== "object" || Array.isArray(details)) return shown(details);
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${shown(value)}`)
    .join(" · ");
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
