import { handle } from "@/app/api/handle";
import { listMembers } from "@/lib/http/routes/projects.routes";

export const GET = handle(listMembers, ({ actor, params, services }) => ({
  items: services.projects.members(actor, params.project),
}));
