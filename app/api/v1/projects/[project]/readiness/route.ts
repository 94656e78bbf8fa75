import { handle } from "@/app/api/handle";
import { getReadiness } from "@/lib/http/routes/records.routes";

export const GET = handle(getReadiness, ({ actor, params, services }) =>
  services.sets.readiness(actor, params.project),
);
