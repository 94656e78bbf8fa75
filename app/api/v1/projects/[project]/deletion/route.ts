import { handle } from "@/app/api/handle";
import { previewDeletion } from "@/lib/http/routes/projects.routes";

export const GET = handle(previewDeletion, ({ actor, params, services }) =>
  services.projects.previewRemoval(actor, params.project),
);
