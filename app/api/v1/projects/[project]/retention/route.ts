import { handle } from "@/app/api/handle";
import { previewRetention } from "@/lib/http/routes/retention.routes";

export const GET = handle(previewRetention, ({ actor, params, query, services }) =>
  services.retention.preview(actor, params.project, query),
);
