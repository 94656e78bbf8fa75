import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createConnection, listConnections } from "@/lib/http/routes/connections.routes";

export const GET = handle(listConnections, ({ actor, services }) => ({
  items: services.connections.list(actor),
}));
export const POST = handle(createConnection, ({ actor, body, services }) =>
  created(services.connections.create(actor, body)),
);
