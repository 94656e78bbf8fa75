import { handle } from "@/app/api/handle";
import { tryQuestion } from "@/lib/http/routes/evaluations.routes";

export const POST = handle(tryQuestion, async ({ actor, params, body, request, services }) =>
  services.evaluations.tryQuestion(actor, params.project, body, request.signal),
);
