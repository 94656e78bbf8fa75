import { handle } from "@/app/api/handle";
import { testAgent } from "@/lib/http/routes/targets.routes";

export const POST = handle(testAgent, ({ actor, params, body, request, services }) =>
  services.targets.test(actor, params.project, body.question, request.signal),
);
