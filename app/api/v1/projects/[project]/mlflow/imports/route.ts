import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { startMlflowImport } from "@/lib/http/routes/mlflow.routes";

export const POST = handle(startMlflowImport, ({ actor, params, services }) =>
  created(services.mlflow.startImport(actor, params.project)),
);
