import { handle } from "@/app/api/handle";
import { listMembers } from "@/lib/http/routes/people.routes";

export const GET = handle(listMembers, ({ actor, params, services }) => ({
  items: services.members.list(actor, params.project),
}));
