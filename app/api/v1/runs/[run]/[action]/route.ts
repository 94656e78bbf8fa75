import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { packRunSnapshot } from "@/lib/contracts/run-matrix";
import { controlRun } from "@/lib/http/routes/runs.routes";
import { runActions } from "@/lib/services/runs/runs.service";

export const POST = handle(controlRun, async ({ actor, params, services }) => {
  const action = runActions.find((one) => one === params.action);
  if (!action) throw new AppError("not-found", `A run can be asked to ${runActions.join(", ")}.`);
  return packRunSnapshot(await services.runs.control(actor, params.run, action));
});
