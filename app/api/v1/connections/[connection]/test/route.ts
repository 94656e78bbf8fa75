import { handle } from "@/app/api/handle";
import { testConnection } from "@/lib/http/routes/connections.routes";

export const POST = handle(testConnection, ({ actor, params, body, request, services }) =>
  services.connections.test(actor, params.connection, body.model, request.signal),
);
