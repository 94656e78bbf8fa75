import { handle } from "@/app/api/handle";
import { revokeInvitation } from "@/lib/http/routes/people.routes";

export const DELETE = handle(revokeInvitation, ({ actor, params, services }) =>
  services.invitations.revoke(actor, params.project, params.invitation),
);
