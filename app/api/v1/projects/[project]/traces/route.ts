import { handle } from "@/app/api/handle";
import { listTraces } from "@/lib/http/routes/evaluations.routes";

export const GET = handle(listTraces, async ({ actor, params, query, services }) =>
  services.evaluations.answers(actor, params.project, query),
);
