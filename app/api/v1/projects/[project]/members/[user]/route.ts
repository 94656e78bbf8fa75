import { handle } from "@/app/api/handle";
import { removeMember, setMemberRole } from "@/lib/http/routes/people.routes";

export const PATCH = handle(setMemberRole, ({ actor, params, body, services }) =>
  services.members.setRole(actor, params.project, params.user, body.role),
);

export const DELETE = handle(removeMember, ({ actor, params, services }) =>
  services.members.remove(actor, params.project, params.user),
);
