import type { Member } from "@/lib/contracts/people";

/** Addresses of people who have none: the top-level name `invalid` belongs to nobody (RFC 2606). */
export const LINK_DOMAIN = "link.invalid";

/** How a person comes in, told from the address of the account. */
export function signsInBy(email: string): Member["signsInBy"] {
  if (email.endsWith(`@${LINK_DOMAIN}`)) return "link";
  return email.endsWith(".invalid") ? "sample" : "account";
}
