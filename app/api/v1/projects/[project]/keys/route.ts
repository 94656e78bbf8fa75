import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createKey, listKeys } from "@/lib/http/routes/keys.routes";

export const GET = handle(listKeys, ({ actor, params, services }) => ({
  items: services.keys.list(actor, params.project),
}));

export const POST = handle(createKey, ({ actor, params, body, services }) =>
  created(services.keys.create(actor, params.project, body)),
);
