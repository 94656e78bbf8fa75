import { handle } from "@/app/api/handle";
import { getMlflowImport } from "@/lib/http/routes/mlflow.routes";

export const GET = handle(getMlflowImport, ({ actor, params, services }) =>
  services.mlflow.import(actor, params.project, params.intake),
);
