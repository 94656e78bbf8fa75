import { handle } from "@/app/api/handle";
import { controlEvaluation } from "@/lib/http/routes/evaluations.routes";

export const POST = handle(controlEvaluation, async ({ actor, params, services }) =>
  services.evaluations.control(actor, params.evaluation, params.action),
);
