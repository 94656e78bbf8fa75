import { handle } from "@/app/api/handle";
import { compareRuns } from "@/lib/http/routes/runs.routes";

export const GET = handle(compareRuns, ({ actor, params, services }) =>
  services.runs.compare(actor, params.run, params.other),
);
