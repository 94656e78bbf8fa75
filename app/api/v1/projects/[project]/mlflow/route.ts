import { handle } from "@/app/api/handle";
import { getMlflow, removeMlflow, saveMlflow } from "@/lib/http/routes/mlflow.routes";

export const GET = handle(getMlflow, ({ actor, params, services }) =>
  services.mlflow.page(actor, params.project),
);

export const PUT = handle(saveMlflow, ({ actor, params, body, services }) =>
  services.mlflow.save(actor, params.project, body),
);

export const DELETE = handle(removeMlflow, ({ actor, params, services }) =>
  services.mlflow.remove(actor, params.project),
);
