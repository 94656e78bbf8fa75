import { handle } from "@/app/api/handle";
import { checkMlflow } from "@/lib/http/routes/mlflow.routes";

export const POST = handle(checkMlflow, ({ actor, params, services }) =>
  services.mlflow.check(actor, params.project),
);
