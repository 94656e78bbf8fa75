import type { LinkState } from "@/lib/contracts/people";
import { permissionsByRole, type Role, roles } from "@/lib/contracts/permissions";

/** What a role may do, in the words of the page; a table of six, for whoever gives roles out. */
const ROLE_WORDS: Readonly<Record<Role, { name: string; may: string }>> = {
  viewer: { name: "Viewer", may: "reads everything in the project" },
  expert: { name: "Expert", may: "writes records, labels answers, teaches the judge" },
  lead: { name: "Lead expert", may: "also settles disagreements and puts a judge to use" },
  engineer: { name: "Engineer", may: "also starts runs, opens reviews, connects models, makes keys" },
  approver: { name: "Approver", may: "approves, promotes and rolls back" },
  admin: { name: "Admin", may: "everything, and who else is in the project" },
};

export function roleName(role: Role): string {
  return ROLE_WORDS[role].name;
}

export function roleMay(role: Role): string {
  return ROLE_WORDS[role].may;
}

export const roleOptions: readonly { value: Role; label: string }[] = roles.map((value) => ({
  value,
  label: ROLE_WORDS[value].name,
}));

/** Whether somebody with this role can be sent to a queue. */
export function canLabel(role: Role): boolean {
  return permissionsByRole[role].includes("labels:write");
}

/** A state of a link, in one or two words. */
export function linkStateWords(state: LinkState): string {
  return { open: "not used yet", used: "used", revoked: "taken back", expired: "too old" }[state];
}
