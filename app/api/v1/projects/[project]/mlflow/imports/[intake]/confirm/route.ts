import { handle } from "@/app/api/handle";
import { confirmMlflowImport } from "@/lib/http/routes/mlflow.routes";

export const POST = handle(confirmMlflowImport, ({ actor, params, services }) =>
  services.mlflow.confirmImport(actor, params.project, params.intake),
);
