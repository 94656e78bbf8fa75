import { handle } from "@/app/api/handle";
import { updateConnection } from "@/lib/http/routes/connections.routes";

export const PATCH = handle(updateConnection, ({ actor, params, body, services }) =>
  services.connections.update(actor, params.connection, body),
);
