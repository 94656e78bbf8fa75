import { type AuditQuery, auditQuerySchema } from "@/lib/contracts/audit";

/** The filter of an address; a part of it that makes no sense is left out. Empty fields of the form count as left out. */
export function readAuditFilter(params: Readonly<Record<string, string | string[] | undefined>>): AuditQuery {
  const given = Object.entries(params).filter(([, value]) => typeof value === "string" && value !== "");
  const usable = given.filter(([name, value]) => auditQuerySchema.safeParse({ [name]: value }).success);
  return auditQuerySchema.parse(Object.fromEntries(usable));
}
