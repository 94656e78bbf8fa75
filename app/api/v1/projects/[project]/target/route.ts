import { handle } from "@/app/api/handle";
import { getTarget, useTarget } from "@/lib/http/routes/targets.routes";

export const GET = handle(getTarget, ({ actor, params, services }) =>
  services.targets.get(actor, params.project),
);
export const PUT = handle(useTarget, ({ actor, params, body, services }) =>
  services.targets.use(actor, params.project, body.use),
);
