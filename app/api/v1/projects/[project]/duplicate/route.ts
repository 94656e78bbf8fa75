import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { duplicateProject } from "@/lib/http/routes/projects.routes";

export const POST = handle(duplicateProject, ({ actor, params, body, services }) =>
  created(services.projects.duplicate(actor, params.project, body.name)),
);
