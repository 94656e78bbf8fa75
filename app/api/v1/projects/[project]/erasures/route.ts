import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { eraseText, listErasures } from "@/lib/http/routes/erasure.routes";

export const GET = handle(listErasures, ({ actor, params, services }) => ({
  items: services.erasure.list(actor, params.project),
}));

export const POST = handle(eraseText, async ({ actor, params, body, services }) =>
  created(await services.erasure.erase(actor, params.project, body)),
);
