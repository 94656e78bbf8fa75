import { handle } from "@/app/api/handle";
import { pushMlflowAgain } from "@/lib/http/routes/mlflow.routes";

export const POST = handle(pushMlflowAgain, ({ actor, params, body, services }) =>
  services.mlflow.pushAgain(actor, params.project, params.push, body.force),
);
