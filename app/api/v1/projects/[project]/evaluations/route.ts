import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { listEvaluations, startEvaluation } from "@/lib/http/routes/evaluations.routes";

export const GET = handle(listEvaluations, async ({ actor, params, services }) => ({
  items: services.evaluations.list(actor, params.project),
}));

export const POST = handle(startEvaluation, async ({ actor, params, body, services }) => {
  const round = services.evaluations.start(actor, params.project, body);
  return created(round, `/api/v1/evaluations/${round.id}`);
});
