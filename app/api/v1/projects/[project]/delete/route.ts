import { handle } from "@/app/api/handle";
import { deleteProject } from "@/lib/http/routes/projects.routes";

export const POST = handle(deleteProject, ({ actor, params, body, services }) =>
  services.projects.remove(actor, params.project, body.name),
);
