import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createInvitation, listInvitations } from "@/lib/http/routes/people.routes";

export const GET = handle(listInvitations, ({ actor, params, services }) => ({
  items: services.invitations.list(actor, params.project),
}));

export const POST = handle(createInvitation, async ({ actor, params, body, services }) =>
  created(await services.invitations.invite(actor, params.project, body)),
);
