import { handle } from "@/app/api/handle";
import { listLabels } from "@/lib/http/routes/labels.routes";

export const GET = handle(listLabels, async ({ actor, params, query, services }) =>
  services.labels.list(actor, params.project, query),
);
