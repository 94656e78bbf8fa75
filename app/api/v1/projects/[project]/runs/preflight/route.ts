import { handle } from "@/app/api/handle";
import { preflightRun } from "@/lib/http/routes/runs.routes";

export const POST = handle(preflightRun, ({ actor, params, body, services }) =>
  services.runs.preflight(actor, params.project, body),
);
