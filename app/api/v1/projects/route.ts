import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createProject, listProjects } from "@/lib/http/routes/projects.routes";

export const GET = handle(listProjects, ({ actor, services }) => ({ items: services.projects.list(actor) }));
export const POST = handle(createProject, ({ actor, body, services }) =>
  created(services.projects.create(actor, body)),
);
