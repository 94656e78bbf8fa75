import { handle } from "@/app/api/handle";
import { getProject, updateProject } from "@/lib/http/routes/projects.routes";

export const GET = handle(getProject, ({ actor, params, services }) =>
  services.projects.get(actor, params.project),
);
export const PATCH = handle(updateProject, ({ actor, params, body, services }) =>
  services.projects.update(actor, params.project, body),
);
