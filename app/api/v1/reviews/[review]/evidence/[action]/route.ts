import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { controlEvidence } from "@/lib/http/routes/reviews.routes";
import { evidenceActions } from "@/lib/services/evidence/evidence.service";

export const POST = handle(controlEvidence, ({ actor, params, services }) => {
  const action = evidenceActions.find((one) => one === params.action);
  if (!action)
    throw new AppError("not-found", `A look can be paused, resumed or cancelled, not "${params.action}".`);
  return services.reviews.controlEvidence(actor, params.review, action);
});
