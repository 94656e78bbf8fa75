import { handle } from "@/app/api/handle";
import { revokePersonalLink } from "@/lib/http/routes/people.routes";

export const DELETE = handle(revokePersonalLink, ({ actor, params, services }) =>
  services.personalLinks.revoke(actor, params.project, params.link),
);
