import { handle } from "@/app/api/handle";
import { revokeKey } from "@/lib/http/routes/keys.routes";

export const DELETE = handle(revokeKey, ({ actor, params, services }) =>
  services.keys.revoke(actor, params.project, params.key),
);
