import { handle } from "@/app/api/handle";
import { getEvaluation } from "@/lib/http/routes/evaluations.routes";

export const GET = handle(getEvaluation, async ({ actor, params, services }) =>
  services.evaluations.get(actor, params.evaluation),
);
