import { handle } from "@/app/api/handle";
import { saveAgent } from "@/lib/http/routes/targets.routes";

export const PUT = handle(saveAgent, ({ actor, params, body, services }) =>
  services.targets.saveAgent(actor, params.project, body),
);
