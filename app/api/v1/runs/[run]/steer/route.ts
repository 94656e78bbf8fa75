import { handle } from "@/app/api/handle";
import { steerRun } from "@/lib/http/routes/runs.routes";

export const POST = handle(steerRun, ({ actor, params, body, services }) =>
  services.runs.steer(actor, params.run, body),
);
