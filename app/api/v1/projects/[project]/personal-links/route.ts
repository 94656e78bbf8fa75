import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createPersonalLink, listPersonalLinks } from "@/lib/http/routes/people.routes";

export const GET = handle(listPersonalLinks, ({ actor, params, services }) => ({
  items: services.personalLinks.list(actor, params.project),
}));

export const POST = handle(createPersonalLink, ({ actor, params, body, services }) =>
  created(services.personalLinks.create(actor, params.project, body)),
);
