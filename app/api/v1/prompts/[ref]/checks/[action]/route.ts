import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { controlPromptCheck } from "@/lib/http/routes/prompt-checks.routes";
import { promptCheckActions } from "@/lib/services/prompt-checks/prompt-checks.service";

export const POST = handle(controlPromptCheck, ({ actor, params, services }) => {
  const action = promptCheckActions.find((one) => one === params.action);
  if (!action)
    throw new AppError("not-found", `A check can be paused, resumed or cancelled, not "${params.action}".`);
  return services.promptChecks.control(actor, params.ref, action);
});
